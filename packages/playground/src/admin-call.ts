import { LatchkeyError } from 'latchkey-client';
import { type Fields, fieldsOf } from './fields.ts';
import { logins } from './page.ts';
import { AdminRefusal } from './refusal.ts';

/** As long as the client waits. */
const TIMEOUT_MS = 20_000;

type Call = { method?: 'GET' | 'POST' | 'PATCH' | 'DELETE'; fields?: Fields; tag?: string | undefined };

/**
 * Calls `/admin/` and `path` with the access token of the user, and returns the body and the entity tag. With a `tag`,
 * the service changes nothing that has changed since. Throws a `Refusal`.
 */
export async function callAdmin(path: string, { method = 'GET', fields, tag }: Call = {}) {
  const headers = new Headers(fields && { 'Content-Type': 'application/json' });
  if (tag !== undefined) headers.set('If-Match', tag);
  const body = fields === undefined ? null : JSON.stringify(fields);
  const response = await send(`/admin/${path}`, { method, headers, body });
  const answer = fieldsOf(await response.json().catch(() => undefined));
  if (!response.ok) throw new AdminRefusal(answer, response.headers.get('Retry-After'));
  return { body: answer, tag: response.headers.get('ETag') ?? undefined };
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await logins.client().fetch(url, { ...init, cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (cause) {
    if (cause instanceof LatchkeyError) throw cause;
    throw new LatchkeyError('unreachable', 'The service cannot be reached.', { cause });
  }
}
