import { notLoggedIn, type RefusalCode } from '../client/errors.ts';
import { once } from '../client/once.ts';
import { parseBase } from '../client/options.ts';
import { repeat } from '../client/repeat.ts';
import { type Call, createRequest } from '../client/request.ts';
import { type Fields, readSuccess } from '../client/response.ts';
import { isBearerToken } from '../verify/grammar.ts';
import type { AdminOptions } from './options.ts';

/** The body of a success, and the ETag of what it is about. */
export type Answer = { body: Fields; etag: string | null };

export type Caller = ReturnType<typeof createCaller>;

/** Calls the routes under `/admin`. Asks for a token before each attempt. Throws `TypeError` for wrong options. */
export function createCaller(options: AdminOptions) {
  const { token } = options;
  const send = options.fetch ?? ((input: string | URL | Request, init?: RequestInit) => globalThis.fetch(input, init));
  if (token === undefined ? options.fetch === undefined : !['string', 'function'].includes(typeof token)) {
    throw new TypeError('Give a token, a function that gives one, or a fetch that authorizes its requests.');
  }
  const request = createRequest(parseBase(options.url), send);

  async function attempt(path: string, call: Call): Promise<Answer> {
    return request(`/admin${path}`, { ...call, accessToken: await nextToken() }, read);
  }

  async function nextToken(): Promise<string | undefined> {
    if (token === undefined) return undefined;
    const next = typeof token === 'string' ? token : await token();
    if (next === undefined) throw notLoggedIn();
    if (!isBearerToken(next)) throw new TypeError('The token must be a text that a header can carry.');
    return next;
  }

  return {
    /** A call that does no harm when it is repeated after a lost response. */
    call: (path: string, call: Call = {}) => repeat(() => attempt(path, call)),

    /** A call that succeeds once only. Throws `unreachable` when a repeat is `usedUp` after a lost response. */
    once: (usedUp: RefusalCode, path: string, call: Call) => once([usedUp], () => attempt(path, call))(),
  };
}

async function read(response: Response): Promise<Answer> {
  return { body: await readSuccess(response), etag: response.headers.get('ETag') };
}
