import { html } from 'hono/html';
import type { Html } from './html.ts';

/** The id of an operation: `post-auth-login` for `POST /auth/login`. Links of other pages use it, so it is stable. */
export function operationId({ method, path }: { method: string; path: string }): string {
  return `${method}-${slug(path) || 'root'}`;
}

/** The ids of a tag, a schema, a header and a refusal. */
export const tagId = (name: string) => `tag-${slug(name)}`;
export const schemaId = (name: string) => `schema-${slug(name)}`;
export const headerId = (name: string) => `header-${slug(name)}`;
export const errorId = (code: string) => `error-${code}`;

/** A visible link to the heading that it is in, which `name` describes. */
export function linkTo(id: string, name: string): Html {
  return html`<a class="anchor" href="#${id}" aria-label="Link to ${name}">#</a>`;
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
