import { LatchkeyError } from './errors.ts';
import type { Fields } from './response.ts';

/** Longer than the service waits for its own storage. */
const TIMEOUT_MS = 20_000;

/** What goes with a request beside its path. `ifMatch` is the ETag that a change depends on (RFC 9110, section 13.1.1). */
export type Call = {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  fields?: Fields | undefined;
  /** Goes as NDJSON: one JSON text a line. */
  lines?: readonly object[] | undefined;
  accessToken?: string | undefined;
  ifMatch?: string | undefined;
};

/** Makes one request to the service, and returns what `read` finds in the response. Throws `LatchkeyError`. */
export type Request = <T>(path: string, call: Call, read: (response: Response) => Promise<T>) => Promise<T>;

/** Makes requests to the service at `url`, which does not end in a slash. */
export function createRequest(url: string, send: typeof fetch): Request {
  return async function request(path, { method = 'GET', accessToken, ifMatch, ...content }, read) {
    const { type, text: body } = bodyOf(content);
    const headers = new Headers(type === undefined ? undefined : { 'Content-Type': type });
    if (accessToken !== undefined) headers.set('Authorization', `Bearer ${accessToken}`);
    if (ifMatch !== undefined) headers.set('If-Match', ifMatch);
    // Latchkey redirects nobody. Followed, a redirect would take a password or a refresh token elsewhere.
    const options: RequestInit = { method, headers, body, cache: 'no-store', credentials: 'omit', redirect: 'manual' };
    try {
      return await read(await send(url + path, { ...options, signal: AbortSignal.timeout(TIMEOUT_MS) }));
    } catch (cause) {
      if (cause instanceof LatchkeyError) throw cause;
      throw new LatchkeyError('unreachable', 'The login service cannot be reached.', { cause });
    }
  };
}

/** What the body of a request holds, and its type. */
function bodyOf({ fields, lines }: Pick<Call, 'fields' | 'lines'>): { type?: string; text: string | null } {
  if (lines !== undefined) {
    return { type: 'application/x-ndjson', text: lines.map((line) => `${JSON.stringify(line)}\n`).join('') };
  }
  if (fields !== undefined) return { type: 'application/json', text: JSON.stringify(fields) };
  return { text: null };
}

/** `path` with the `values` that are there, in the query. */
export function withQuery(path: string, values: Record<string, string | number | boolean | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== undefined) query.set(name, String(value));
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** `ids` as segments of a path. Throws `TypeError` for what is no id, such as an empty text. */
export function pathOf(...ids: string[]): string {
  // `.` and `..` would lead to another route, also when they are encoded.
  if (ids.every((id) => typeof id === 'string' && !['', '.', '..'].includes(id))) {
    return ids.map((id) => `/${encodeURIComponent(id)}`).join('');
  }
  throw new TypeError('Give the id as a text.');
}
