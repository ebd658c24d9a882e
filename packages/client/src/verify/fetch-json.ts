import { Unavailable, withDeadline } from './unavailable.ts';

/** What sends requests: `fetch`, or a function with its shape. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** How to reach the service, and how long to wait for a whole response. */
export type Network = { fetch: Fetch; timeoutMs: number };

/** The JSON that `url` responds with. Rejects with `Unavailable` for any status but 200, a redirect, or other content. */
export function fetchJson(url: string, init: RequestInit, { fetch, timeoutMs }: Network): Promise<unknown> {
  return withDeadline(timeoutMs, async (signal) => {
    const response = await fetch(url, { ...init, redirect: 'manual', signal }).catch((cause: unknown) => {
      throw new Unavailable(`${url} cannot be reached.`, { cause });
    });
    if (response.status !== 200) {
      // Frees the connection. It does not matter whether that works.
      await response.body?.cancel().catch(() => undefined);
      throw new Unavailable(`${url} responded with ${response.status}${hintFor(response.status)}.`);
    }
    const body: unknown = await response.json().catch((cause: unknown) => {
      throw new Unavailable(`${url} did not respond with JSON. Is it Latchkey?`, { cause });
    });
    return body;
  });
}

function hintFor(status: number): string {
  if (status === 401) return ': it does not know this client, or the client secret is wrong';
  return status === 404 ? ': is it Latchkey?' : '';
}
