import { vi } from 'vitest';

/** A range that contains none of the passwords of the tests. */
export const RANGE = '0018A45C4D1DEF81644B54AB7F969B88D65:1\r\n';

type Asked = { url: string; method: string; headers: Record<string, string>; body: string; redirect: string };

const none: Asked = { url: '', method: '', headers: {}, body: '', redirect: '' };

/**
 * Replaces the range API of Have I Been Pwned, at any address, until mocks are restored. `asked` are the requests.
 * Responses are not cached unless `isCached`.
 */
export function startRanges(response: () => Response | Promise<Response>, { isCached = false } = {}) {
  const asked: Asked[] = [];
  const send = globalThis.fetch.bind(globalThis);
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const request = new Request(input, init);
    if (request.headers.get('user-agent') !== 'latchkey') return send(request);
    const { url, method, redirect } = request;
    asked.push({ url, method, redirect, headers: Object.fromEntries(request.headers), body: await request.text() });
    return response();
  });
  if (!isCached) vi.spyOn(caches, 'open').mockRejectedValue(new Error('no cache'));
  return { asked, none };
}
