import type { Tag } from './info.ts';

/** A JSON Schema keyword or a sentence, for a parameter or a property. */
export type FieldProse = { description: string; items?: Record<string, unknown>; [keyword: string]: unknown };

/** What the document says of a route that the route itself does not say. */
export type OperationProse = {
  /** The name of the operation, which generated clients use. It never changes. */
  operationId: string;
  tag: Tag;
  /** Who may call it, in the words of docs/reference/routes.md. */
  who:
    | 'anyone'
    | 'user'
    | 'token'
    | 'user, or a refresh token'
    | 'a token of a mail, or user'
    | 'user, or a challenge token'
    | 'client'
    | 'client, or a token in the form'
    | 'administrator';
  description: string;
  /** By name. */
  parameters?: Record<string, FieldProse>;
  /** The name of the schema, if it is not the operation's, and a body for each way to call the route. */
  request?: { schema?: string; description?: string; examples: Record<string, unknown> };
  /** The name of the schema of the success, if the route does not name it. */
  response?: string;
  /** By status, the body of each success; by name, where there are several. Refusals get theirs from `src/errors.ts`. */
  examples?: Record<number, Record<string, unknown>>;
  /** By status, the names of headers in `headers.ts` beside the usual ones. */
  headers?: Record<number, string[]>;
  /** Whether caches may keep the successes for ten minutes. */
  isCacheable?: boolean;
};

/** By route, as in `POST /auth/login`. */
export type Operations = Record<string, OperationProse>;
