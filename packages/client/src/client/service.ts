import { hasCode, LatchkeyError } from './errors.ts';
import { repeat } from './repeat.ts';
import { type Fields, readSuccess } from './response.ts';

/** Longer than the service waits for its own storage. */
const TIMEOUT_MS = 20_000;

export type Credentials = { email: string; password: string };

type Call = { method?: 'GET' | 'POST' | 'DELETE'; fields?: Fields; accessToken?: string };

/**
 * The routes of the service at `url`, which does not end in a slash. Each returns the body of the success, and throws
 * `LatchkeyError`. All are repeated when a response is lost, since a repeat does no harm.
 */
export function createService(url: string, send: typeof fetch) {
  async function call(path: string, { method = 'GET', fields, accessToken }: Call): Promise<Fields> {
    const headers = new Headers(fields && { 'Content-Type': 'application/json' });
    if (accessToken !== undefined) headers.set('Authorization', `Bearer ${accessToken}`);
    const body = fields === undefined ? null : JSON.stringify(fields);
    // Latchkey redirects nobody. Followed, a redirect would take a password or a refresh token elsewhere.
    const options: RequestInit = { method, headers, body, cache: 'no-store', credentials: 'omit', redirect: 'manual' };
    try {
      return await readSuccess(await send(url + path, { ...options, signal: AbortSignal.timeout(TIMEOUT_MS) }));
    } catch (cause) {
      if (cause instanceof LatchkeyError) throw cause;
      throw new LatchkeyError('unreachable', 'The login service cannot be reached.', { cause });
    }
  }

  const post = (path: string, fields: Fields) => call(path, { method: 'POST', fields });

  return {
    call: (path: string, options: Call) => repeat(() => call(path, options)),
    logIn: (credentials: Credentials) => repeat(() => post('/auth/login', credentials)),
    refresh: (refreshToken: string) => repeat(() => post('/auth/refresh', { refresh_token: refreshToken })),
    endSessionOf: (refreshToken: string) => repeat(() => post('/auth/logout', { refresh_token: refreshToken })),

    /** Ends all sessions of the user. A repeat finds them over when the first response was lost. */
    endAllSessions: (accessToken: string) =>
      repeat(async (isRepeat) => {
        try {
          await call('/auth/logout?scope=all', { method: 'POST', accessToken });
        } catch (error) {
          if (!isRepeat || !hasCode(error, 'revoked_token')) throw error;
        }
      }),

    /** A registration whose response was lost may have made the account. Then the repeat logs in. */
    register: (credentials: Credentials) =>
      repeat(async (isRepeat) => {
        try {
          return await post('/auth/register', credentials);
        } catch (error) {
          if (!isRepeat || !hasCode(error, 'email_taken')) throw error;
          return post('/auth/login', credentials).catch((refusal: unknown) => {
            throw hasCode(refusal, 'invalid_credentials') ? error : refusal;
          });
        }
      }),
  };
}
