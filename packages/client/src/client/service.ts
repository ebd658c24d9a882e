import { hasCode, type RefusalCode } from './errors.ts';
import type { Credentials } from './given.ts';
import { once } from './once.ts';
import { repeat } from './repeat.ts';
import { type Call, createRequest } from './request.ts';
import { type Fields, readNewAccount, readRegistration, readSuccess } from './response.ts';

/** The codes of a refusal that may mean that an attempt whose response was lost has worked. */
type UsedUp = [RefusalCode, ...RefusalCode[]];

/**
 * The routes of the service at `url`, which does not end in a slash. Each returns the body of the success, and throws
 * `LatchkeyError`. All are repeated when a response is lost, since a repeat does no harm. Where the first attempt may
 * have worked and the repeat is refused for that, it says so.
 */
export function createService(url: string, send: typeof fetch) {
  const request = createRequest(url, send);
  const call = (path: string, options: Call, read = readSuccess) => request(path, options, read);
  const post = (path: string, fields: Fields, read = readSuccess) => call(path, { method: 'POST', fields }, read);

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

    /** A POST that succeeds once only, with `once`. Call the function again for another access token. */
    once: (path: string, fields: Fields, ...usedUp: UsedUp) =>
      once(usedUp, (accessToken?: string) => call(path, { method: 'POST', fields, accessToken })),

    /** A removal that ends the session of the access token, with `once`. */
    removeOnce: (path: string) =>
      once(['revoked_token'], (accessToken: string) => call(path, { method: 'DELETE', accessToken })),

    /** Makes the account with what was mailed, with `once`. Throws as `readNewAccount` does. */
    confirmRegistration: (fields: Fields) =>
      once(['invalid_challenge'], () => post('/auth/register/confirm', fields, readNewAccount))(),

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
