import type { Tokens } from './tokens.ts';

/** A response with status 401, thrown where an answer would end the attempt. */
class Unauthorized extends Error {
  readonly response: Response;

  constructor(response: Response) {
    super('The request was not authorized.');
    this.response = response;
  }
}

type WithTokens = <T>(use: (tokens: Tokens) => Promise<T>, isRefused: (error: unknown) => boolean) => Promise<T>;

/**
 * `fetch` with the access token, for the origins of `origins` alone. When the token is refused, `withTokens` gives
 * another one, and the request is repeated once. Returns a second 401 as it is, and a 401 that wants the user to
 * authenticate again.
 */
export function createFetch(send: typeof fetch, origins: Set<string>, withTokens: WithTokens) {
  return async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    if (!origins.has(new URL(request.url).origin)) {
      throw new TypeError('The access token is sent to the origins of Latchkey, the page and `origins` only.');
    }
    if (request.mode === 'no-cors') throw new TypeError('With the mode no-cors, browsers drop the access token.');
    let first: Response | undefined;
    const ask = async ({ accessToken }: Tokens) => {
      // Nobody reads it any more, and it would hold its connection.
      await first?.body?.cancel();
      const copy = request.clone();
      copy.headers.set('Authorization', `Bearer ${accessToken}`);
      const response = await send(copy);
      if (response.status !== 401 || needsNewerLogin(response)) return response;
      first = response;
      throw new Unauthorized(response);
    };
    try {
      return await withTokens(ask, (error) => error instanceof Unauthorized);
    } catch (error) {
      if (error instanceof Unauthorized) return error.response;
      throw error;
    }
  };
}

/** RFC 9470, section 3: the token is good, and a refresh would not help. */
function needsNewerLogin({ headers }: Response): boolean {
  return /\berror="?insufficient_user_authentication\b/.test(headers.get('WWW-Authenticate') ?? '');
}
