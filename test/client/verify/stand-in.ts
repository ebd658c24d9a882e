/** A request that a verifier sent. */
export type Seen = { url: string; init: RequestInit };

/** Stands in for Latchkey: a `fetch` that responds with what `respond` makes, and the requests that it got. */
export function standIn(respond: (seen: Seen) => Response | Promise<Response>) {
  const seen: Seen[] = [];
  const fetch = async (url: string, init: RequestInit) => {
    seen.push({ url, init });
    return respond({ url, init });
  };
  return { seen, fetch };
}

/** What something that is not Latchkey, or is not well, responds with. */
export const strangeResponses: [string, () => Response | Promise<Response>][] = [
  ['429', () => new Response('{}', { status: 429, headers: { 'retry-after': '60' } })],
  ['500', () => new Response('oh no', { status: 500 })],
  ['503', () => Response.json({ error: 'temporarily_unavailable' }, { status: 503 })],
  ['404', () => new Response('Not Found', { status: 404 })],
  ['a redirect', () => new Response('', { status: 302, headers: { location: 'https://example.net/' } })],
  ['no content', () => new Response(null, { status: 204 })],
  ['HTML', () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } })],
  ['an empty body', () => new Response('')],
  ['JSON that is text', () => Response.json('active')],
  ['JSON that is null', () => Response.json(null)],
  ['a list', () => Response.json([{ active: true }])],
  ['an object of another kind', () => Response.json({ hello: 'world' })],
  ['nothing, because it is out of reach', () => Promise.reject(new TypeError('fetch failed'))],
  ['nothing, and something else than an error', () => Promise.reject('offline')],
  ['nothing in time', () => new Promise<Response>(() => undefined)],
];
