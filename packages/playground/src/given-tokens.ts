import { fieldOf, textOf } from './json-field.ts';

const PATHS = new Set(['/auth/login', '/auth/refresh']);

/**
 * A `fetch` for a client that keeps the tokens of its own requests only. `give` makes it answer the next request for tokens
 * with those of a response that the page has got. An access token alone goes with the refresh token that is kept already.
 */
export function createGivenTokens(send: typeof fetch) {
  let given: { body: unknown } | undefined;

  return {
    give: (body: unknown): void => void (given = { body }),

    /** Forgets what was given. Returns whether nobody has asked for it. */
    takeBack: (): boolean => {
      const isLeft = given !== undefined;
      given = undefined;
      return isLeft;
    },

    fetch: async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
      const request = new Request(input, init);
      if (given === undefined || !PATHS.has(new URL(request.url).pathname)) return send(request);
      const { body } = given;
      given = undefined;
      return Response.json({
        status: 'success',
        auth_token: fieldOf(body, 'auth_token'),
        expires_in: fieldOf(body, 'expires_in'),
        refresh_token: textOf(body, 'refresh_token') ?? textOf(await request.json(), 'refresh_token'),
      });
    },
  };
}
