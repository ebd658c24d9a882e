import { z } from '@hono/zod-openapi';
import * as whole from 'zod/v4';
import json from '../../assets/openapi.json' with { type: 'json' };
import { basic } from './clients.ts';
import type { DeclaredRoute } from './declared-routes.ts';
import type { FactorRequest } from './factor-requests.ts';
import { operatorToken } from './operator.ts';
import { bearer } from './service.ts';

const { boolean, record, object, string, unknown } = whole;
const example = object({ value: record(string(), unknown()) });
const operation = object({
  requestBody: object({
    content: record(string(), object({ examples: record(string(), example) })),
    required: boolean(),
  }).optional(),
});

const document = object({ paths: record(string(), record(string(), operation)) }).parse(json);

/**
 * What the fields that depend on a situation are filled with, by name. All others are those of the example in the OpenAPI document.
 */
export type Values = Record<'email' | 'password' | 'current_password' | 'refresh_token' | 'token' | 'id', string>;

/** Such fields that only some routes take. `session` goes with the `id` of a user, `secret` with that of a client, `key` with either. */
type MoreValues = { new_password?: string; code?: string; session?: string; secret?: string; key?: string } & Omit<
  FactorRequest['values'],
  'id'
>;

/** A request in parts, which `send` puts together. */
export type Parts = {
  path: string;
  query: string;
  method: string;
  headers: Record<string, string>;
  fields: Record<string, unknown>;
  /** The media type of the body that the route takes. */
  type: string | undefined;
  /** Sent instead of `fields`, where the route takes a body. */
  body?: BodyInit;
};

/**
 * A request to which `route` responds with a success: it has the fields of the first example in the OpenAPI document,
 * unless the route needs no body, and `token` where its guard takes a bearer token.
 */
export function lawfulRequest(route: DeclaredRoute, values: Values & MoreValues, token: string): Parts {
  const { name, method, path, takes: type, guard = '' } = route;
  const guards: Record<string, object> = {
    accessToken: bearer(token),
    operatorToken: bearer(token),
    client: basic(),
  };
  const { isNeeded, example } = exampleOf(route);
  const filled: Record<string, unknown> = { ...example, ...values };
  const fill = (field: string): unknown => {
    if (filled[field] === undefined) throw new TypeError(`${name} has no example of its field ${field}`);
    return filled[field];
  };
  return {
    path: path.replaceAll(/\{(\w+)\}/g, (_, field: string) => String(fill(field))),
    query: '',
    method,
    headers: { ...guards[guard], ...(type !== undefined && { 'content-type': type }) },
    fields: Object.fromEntries(Object.keys(isNeeded ? example : {}).map((field) => [field, fill(field)])),
    type,
  };
}

/** What the guard of `route` takes: an operator token, which is good for one request, or the access token. */
export async function tokenFor({ guard }: DeclaredRoute, accessToken: string): Promise<string> {
  return guard === 'operatorToken' ? operatorToken() : accessToken;
}

/** `parts` as `call` takes them. */
export function send({ path, query, method, headers, fields, type, body }: Parts) {
  const isForm = type === 'application/x-www-form-urlencoded';
  const form = Object.entries(fields).map(([name, value]) => [name, String(value)]);
  const written = isForm ? new URLSearchParams(form).toString() : JSON.stringify(fields);
  return { path: `${path}${query}`, init: { method, headers, ...(type !== undefined && { body: body ?? written }) } };
}

/** The responses of `route` as `<status> <code>`; those without a code as `<status>`. */
export function declaredResponses({ responses }: DeclaredRoute): string[] {
  const declared = Array.from(responses, ([status, schema]) =>
    codesOf(schema).map((code) => `${status} ${code}`.trim()),
  );
  return [...new Set(declared.flat())];
}

/** The codes that a body of `schema` may have; `''` for none. */
function codesOf(schema: unknown): string[] {
  if (schema instanceof whole.ZodUnion) return schema.options.flatMap(codesOf);
  const shape = schema instanceof z.ZodObject ? schema.shape : {};
  const codes: unknown = shape['code'] ?? shape['error'];
  return codes instanceof whole.ZodEnum ? codes.options.map(String) : [''];
}

/** The first example of the body in the OpenAPI document, and whether the route needs one. */
function exampleOf({ method, path, takes = '' }: DeclaredRoute) {
  const { content, required = false } = document.paths[path]?.[method.toLowerCase()]?.requestBody ?? {};
  return { isNeeded: required, example: Object.values(content?.[takes]?.examples ?? {})[0]?.value ?? {} };
}
