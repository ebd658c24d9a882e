import { createAccountCalls } from './account-calls.ts';
import { parseSessions, parseUser, type Session, type User } from './account.ts';
import { hasCode, notLoggedIn } from './errors.ts';
import { createFactorCalls } from './factor-calls.ts';
import { createFactorLogins } from './factor-logins.ts';
import { createFetch } from './fetch.ts';
import { checkedCredentials, type Credentials } from './given.ts';
import { createKeeper } from './keeper.ts';
import type { Login } from './kept-tokens.ts';
import { createKeyCalls } from './key-calls.ts';
import { type Options, originsOf, parseBase, parseStore } from './options.ts';
import { createPasskeys } from './passkeys.ts';
import { type Call, pathOf } from './request.ts';
import { createService } from './service.ts';
import { joinTabs } from './tabs.ts';
import type { Tokens } from './tokens.ts';

export type Latchkey = ReturnType<typeof createLatchkey>;

/**
 * A client of one Latchkey, for one user at a time. Its methods throw `LatchkeyError`; this function throws `TypeError`
 * for options that cannot be right.
 */
export function createLatchkey(options: Options) {
  const url = parseBase(options.url);
  const store = parseStore(options.store);
  const send: typeof fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  const service = createService(url, send);
  const passkeys = createPasskeys();
  const tabs = joinTabs(store.name === undefined ? undefined : `latchkey ${url} ${store.name}`);
  const listeners = new Set<(login: Login | undefined) => void>();
  const keeper = createKeeper({ url, service, store, tabs }, (login) => {
    // Another listener may have ended this one meanwhile.
    for (const listener of listeners) queueMicrotask(() => void (listeners.has(listener) && listener(login)));
    // A passkey that is chosen later would end this login.
    if (login !== undefined) passkeys.cancel();
  });

  /**
   * Uses the tokens, and others once more if these are refused. Throws `not_logged_in`, also when somebody else logs in
   * during a refresh, who has not asked for this.
   */
  async function withTokens<T>(
    use: (tokens: Tokens) => Promise<T>,
    isRefused: (error: unknown) => boolean = isTokenRefused,
  ) {
    const user = (await keeper.read())?.userId;
    const tokens = await keeper.fresh();
    if (tokens === undefined || tokens.userId !== user) throw notLoggedIn();
    try {
      return await use(tokens);
    } catch (error) {
      if (!isRefused(error)) throw error;
      const next = await keeper.refresh(tokens);
      if (next?.userId !== user) throw notLoggedIn();
      return use(next);
    }
  }

  const call = (path: string, options: Call = {}) =>
    withTokens(({ accessToken }) => service.call(path, { ...options, accessToken }));

  return {
    /**
     * Makes an account and logs it in. Refusals: `email_taken`; `registration_closed`; `mail_unavailable`;
     * `invalid_request`, with `errors` by field. With `SECOND_FACTOR=required`, throws `second_factor_enrolment_required`, as
     * `logIn` does: the account is made. With `REGISTRATION=confirm`, throws `confirmation_required`: the service
     * ignores the password, and mails a link and a code. Go on with `confirmRegistration`.
     */
    register: async (credentials: Credentials): Promise<void> =>
      keeper.keep(await service.register(checkedCredentials(credentials))),

    /**
     * Logs in. Ends the session of whoever was logged in before. Refusals: `invalid_credentials`; `second_factor_required`,
     * whose `challenge` goes to `logInWithFactor`; `second_factor_enrolment_required`, whose `challenge` goes to `beginTotp`
     * and `confirmTotp`, or `addPasskey`.
     */
    logIn: async (credentials: Credentials): Promise<void> =>
      keeper.keep(await service.logIn(checkedCredentials(credentials))),

    /**
     * Ends this session, or with `scope` the `others` or `all`. Once it returns, they are over. If it throws, nothing
     * is forgotten, so that you can call it again. With a `scope`, it throws `not_logged_in` when nobody is logged in.
     */
    logOut: async ({ scope = 'session' }: { scope?: 'session' | 'others' | 'all' } = {}): Promise<void> => {
      if (scope === 'others') await call('/auth/logout?scope=others', { method: 'POST' });
      else if (scope === 'all') await logOutEverywhere();
      // The refresh token works also after the access token has expired.
      else await keeper.end(({ refreshToken }) => service.endSessionOf(refreshToken));
    },

    /**
     * Forgets the login on this device at once, also when Latchkey is out of reach: for when `logOut` throws. The session
     * ends if Latchkey hears of it.
     */
    forget: async (): Promise<void> => keeper.drop(),

    ...createAccountCalls({ service, keeper, withTokens }),
    ...createKeyCalls(call),
    ...createFactorLogins({ service, keeper, passkeys, withTokens }),
    ...createFactorCalls({ service, keeper, passkeys, withTokens }),

    /** Who is logged in, as the service has it now; `undefined` when nobody is, or the session is over. */
    user: findUser,

    /** The live sessions of the user, newest first. */
    sessions: async (): Promise<Session[]> => parseSessions((await call('/auth/sessions'))['data']),

    /** Ends a session of the user. Refusal: `unknown_session`. */
    endSession: async (id: string): Promise<void> => {
      const own = await keeper.read();
      await call(`/auth/sessions${pathOf(id)}`, { method: 'DELETE' }).catch((error: unknown) => {
        // A repeat after a lost response finds this session over.
        if (own?.sessionId !== id || !hasCode(error, 'not_logged_in')) throw error;
      });
      await keeper.forget(id);
    },

    /** An access token, for what does not use `fetch`; `undefined` when nobody is logged in. Do not keep it. */
    accessToken: async (): Promise<string | undefined> => (await keeper.fresh())?.accessToken,

    /** Gets new tokens now, for instance after an administrator has changed the account. Throws `not_logged_in`. */
    refresh: async (): Promise<void> => {
      const tokens = await keeper.fresh();
      if (tokens === undefined || (await keeper.refresh(tokens)) === undefined) throw notLoggedIn();
    },

    /**
     * `fetch` with the access token of the user, to Latchkey, the page's own origin and `origins`. After a 401, it
     * refreshes and asks once more. Throws `TypeError` for other origins, `LatchkeyError` when there is no token to send
     * (`not_logged_in`, for instance), and else what `fetch` throws.
     */
    fetch: createFetch(send, originsOf(options), withTokens),

    /**
     * Calls `listener` when somebody logs in or nobody is logged in any more, here or in another tab. Returns a
     * function that ends this.
     */
    onChange: (listener: (login: Login | undefined) => void): (() => void) => {
      listeners.add(listener);
      keeper.look();
      return () => void listeners.delete(listener);
    },
  };

  async function findUser(): Promise<User | undefined> {
    const before = await keeper.read();
    const body = await call('/auth/status').catch((error: unknown) => {
      if (hasCode(error, 'not_logged_in')) return undefined;
      throw error;
    });
    // Another tab may have logged out, or in as somebody else, while the response was on its way.
    const after = await keeper.read();
    if (after === undefined) return undefined;
    return before?.sessionId === after.sessionId ? body && parseUser(body['data']) : findUser();
  }

  async function logOutEverywhere(): Promise<void> {
    const end = async ({ accessToken, sessionId }: Tokens) => {
      await service.endAllSessions(accessToken);
      return sessionId;
    };
    await keeper.forget(await withTokens(end));
  }
}

const isTokenRefused = (error: unknown) => hasCode(error, 'expired_token', 'invalid_token', 'revoked_token');
