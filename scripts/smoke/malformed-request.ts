/** One request that the service must refuse. */
export type MalformedRequest = { path: string; init: RequestInit & { headers: Record<string, string> } };

export const JSON_TYPE = { 'content-type': 'application/json' };

/** The id of no session. */
export const SESSION_ID = '00000000-0000-7000-8000-000000000000';

/** A request with `body` as JSON. */
export const post = (path: string, body: string): MalformedRequest => ({
  path,
  init: { method: 'POST', headers: JSON_TYPE, body },
});
