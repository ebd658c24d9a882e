import { hasCode, LatchkeyError, type RefusalCode } from './errors.ts';
import type { Credentials } from './given.ts';
import { repeat } from './repeat.ts';
import { type Fields, readRegistration, readSuccess } from './response.ts';

/** Longer than the service waits for its own storage. */
const TIMEOUT_MS = 20_000;

type Call = { method?: 'GET' | 'POST' | 'DELETE'; fields?: Fields; accessToken?: string | undefined };

type Read = (response: Response) => Promise<Fields>;

/**
 * The routes of the service at `url`, which does not end in a slash. Each returns the body of the success, and throws
 * `LatchkeyError`. All are repeated when a response is lost, since a repeat does no harm. Where the first attempt may
 * have worked and the repeat is refused for that, it says so.
 */
export function createService(url: string, send: typeof fetch) {
  async function call(path: string, { method = 'GET', fields, accessToken }: Call, read: Read = readSuccess) {
    const headers = new Headers(fields && { 'Content-Type': 'application/json' });
    if (accessToken !== undefined) headers.set('Authorization', `Bearer ${accessToken}`);
    const body = fields === undefined ? null : JSON.stringify(fields);
    // Latchkey redirects nobody. Followed, a redirect would take a password or a refresh token elsewhere.
    const options: RequestInit = { method, headers, body, cache: 'no-store', credentials: 'omit', redirect: 'manual' };
    try {
      return await read(await send(url + path, { ...options, signal: AbortSignal.timeout(TIMEOUT_MS) }));
    } catch (cause) {
      if (cause instanceof LatchkeyError) throw cause;
      throw new LatchkeyError('unreachable', 'The login service cannot be reached.', { cause });
    }
  }

  const post = (path: string, fields: Fields, read?: Read) => call(path, { method: 'POST', fields }, read);

  return {
    call: (path: string, options: Call) => repeat(() => call(path, options)),
    logIn: (credentials: Credentials) => repeat(() => post('/auth/login', credentials)),
    refresh: (refreshToken: string) => repeat(() => post('/auth/refresh', { refresh_token: refreshToken })),
    endSessionOf: (refreshToken: string) => repeat(() => post('/auth/logout', { refresh_token: refreshToken })),

    /** Ends all sessions of the user. A repeat finds them over when the first response was lost. */
    endAllSessions: (accessToken: string) =>
      repeatUntil('revoked_token', () => call('/auth/logout?scope=all', { method: 'POST', accessToken })),

    /** Deletes the account. A repeat finds it gone when the first response was lost. */
    deleteAccount: (accessToken: string, password: string) =>
      repeatUntil('invalid_token', () => call('/auth/user', { method: 'DELETE', accessToken, fields: { password } })),

    /**
     * A POST that succeeds once only. Call the function again for another access token. If a response was lost before
     * the refusal `usedUp`, throws `unreachable`: nobody can tell whether the lost attempt has worked.
     */
    once: (path: string, fields: Fields, usedUp: RefusalCode) => {
      let isLost = false;
      return async (accessToken?: string): Promise<Fields> => {
        try {
          return await repeat((isRepeat) => {
            isLost ||= isRepeat;
            return call(path, { method: 'POST', fields, accessToken });
          });
        } catch (cause) {
          if (!isLost || !hasCode(cause, usedUp)) throw cause;
          throw new LatchkeyError('unreachable', 'The response was lost. What you have asked for may be done.', {
            cause,
          });
        }
      };
    },

    /**
     * A registration whose response was lost may have made the account. Then the repeat logs in. Throws
     * `confirmation_required` when the service mails first.
     */
    register: (credentials: Credentials) =>
      repeat(async (isRepeat) => {
        try {
          return await post('/auth/register', credentials, readRegistration);
        } catch (error) {
          if (!isRepeat || !hasCode(error, 'email_taken')) throw error;
          return post('/auth/login', credentials).catch((refusal: unknown) => {
            throw hasCode(refusal, 'invalid_credentials') ? error : refusal;
          });
        }
      }),
  };
}

/** Repeats `work`. When a repeat is refused with `done`, the lost attempt has worked. */
function repeatUntil(done: RefusalCode, work: () => Promise<unknown>): Promise<void> {
  return repeat(async (isRepeat) => {
    try {
      await work();
    } catch (error) {
      if (!isRepeat || !hasCode(error, done)) throw error;
    }
  });
}
