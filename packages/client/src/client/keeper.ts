import { hasCode, LatchkeyError, notLoggedIn } from './errors.ts';
import { keepTokens, type Login } from './kept-tokens.ts';
import { pass } from './repeat.ts';
import type { Fields } from './response.ts';
import type { createService } from './service.ts';
import type { Store } from './store.ts';
import type { Tabs } from './tabs.ts';
import { parseTokens, type Tokens } from './tokens.ts';

/** `localStorage` may show a change of another process later than that process gives up its lock. */
const MAX_DELAY_MS = 1000;
const DELAY_MS = 20;

type Powers = { url: string; service: ReturnType<typeof createService>; store: Store; tabs: Tabs };

/**
 * Keeps, refreshes and ends the session of this device. Calls `onChange` when another session, or none, is kept,
 * whichever tab has done it.
 */
export function createKeeper({ url, service, store, tabs }: Powers, onChange: (login: Login | undefined) => void) {
  const { read, write } = keepTokens({ url, store, tabs }, onChange);
  let refreshing: { used: string; done: Promise<Tokens | undefined> } | undefined;

  tabs.listen(look);

  /** Notices what is kept. Whoever uses the store next learns of its failure. */
  function look(): void {
    read().catch(() => undefined);
  }

  /** Refreshes, unless another call or tab has replaced `used` meanwhile. `undefined` means that the session is over. */
  async function replace(used: Tokens, isSecond: boolean): Promise<Tokens | undefined> {
    const held = await readHeld(used, isSecond);
    if (held?.accessToken !== used.accessToken) return held;
    const next = await ask(held);
    // Without locks, another tab may have logged in or out meanwhile.
    const now = await read();
    if (now?.refreshToken !== held.refreshToken) return now;
    await write(next);
    return next;
  }

  const readHeld = (used: Tokens, isSecond: boolean) => (isSecond ? readChange(used) : read());

  /** Reads what another tab has just put in the place of `used`. It may take a moment to reach this one. */
  async function readChange(used: Tokens): Promise<Tokens | undefined> {
    const end = Date.now() + MAX_DELAY_MS;
    for (;;) {
      const held = await read();
      if (held?.accessToken !== used.accessToken || Date.now() > end) return held;
      await pass(DELAY_MS);
    }
  }

  async function ask({ refreshToken }: Tokens): Promise<Tokens | undefined> {
    try {
      return tokensIn(await service.refresh(refreshToken));
    } catch (error) {
      if (hasCode(error, 'invalid_refresh_token')) return undefined;
      throw error;
    }
  }

  /** The tokens after those that were `used`. Any number of calls at once make one refresh. */
  function refresh(used: Tokens): Promise<Tokens | undefined> {
    if (refreshing?.used === used.accessToken) return refreshing.done;
    const done = tabs.takeTurns((isSecond) => replace(used, isSecond));
    const current = { used: used.accessToken, done };
    refreshing = current;
    return done.finally(() => {
      if (refreshing === current) refreshing = undefined;
    });
  }

  /** Ends a session whose tokens nobody keeps. If that fails, it ends when it has been idle for long enough. */
  function abandon({ refreshToken }: Tokens): void {
    service.endSessionOf(refreshToken).catch(() => undefined);
  }

  return {
    look,
    read,
    refresh,

    /** The tokens, refreshed if they are due; `undefined` when nobody is logged in. */
    fresh: async (): Promise<Tokens | undefined> => {
      const tokens = await read();
      return tokens === undefined || Date.now() < tokens.dueAt ? tokens : refresh(tokens);
    },

    /** Keeps the tokens in `body`. Ends the session that it replaces, or the new one if it cannot be kept. */
    keep: (body: Fields): Promise<void> =>
      tabs.takeTurns(async () => {
        const tokens = tokensIn(body);
        try {
          const former = await read();
          await write(tokens);
          if (former !== undefined) abandon(former);
        } catch (error) {
          abandon(tokens);
          throw error;
        }
      }),

    /**
     * Begins another session of the same user with `begin`, which ends the one of `used` and all others. A refresh that
     * waits meanwhile gets the tokens of the new session. Throws `not_logged_in` when the user is not logged in any more.
     */
    replaceSession: (used: Tokens, begin: (tokens: Tokens) => Promise<Fields>): Promise<void> =>
      tabs.takeTurns(async (isSecond) => {
        const held = await readHeld(used, isSecond);
        if (held?.userId !== used.userId) throw notLoggedIn();
        const next = tokensIn(await begin(held));
        try {
          // Without locks, another tab may have logged in meanwhile, or have refreshed. It may also have found no login
          // any more, because its refresh was refused for the change. That is no logout.
          const now = await read();
          if (now !== undefined && now.userId !== next.userId) return abandon(next);
          await write(next);
          if (now !== undefined && now.sessionId !== held.sessionId) abandon(now);
        } catch (error) {
          abandon(next);
          throw error;
        }
      }),

    /**
     * Keeps the access token that `begin` gets for the session of `used`, beside the refresh token that is there. Returns
     * the body, and whether the token is kept: another tab may have logged out meanwhile, or in. Throws `not_logged_in` when
     * that was so before.
     */
    raise: (used: Tokens, begin: (tokens: Tokens) => Promise<Fields>): Promise<{ body: Fields; isKept: boolean }> =>
      tabs.takeTurns(async (isSecond) => {
        const held = await readHeld(used, isSecond);
        if (held?.sessionId !== used.sessionId) throw notLoggedIn();
        const body = await begin(held);
        // Without locks, another tab may have refreshed meanwhile.
        const now = await read();
        if (now?.sessionId !== held.sessionId) return { body, isKept: false };
        await write(tokensIn({ ...body, refresh_token: now.refreshToken }));
        return { body, isKept: true };
      }),

    /** Ends the session with `end`, and forgets its tokens once that is done. Does nothing when nobody is logged in. */
    end: (end: (tokens: Tokens) => Promise<unknown>): Promise<void> =>
      tabs.takeTurns(async () => {
        const tokens = await read();
        if (tokens === undefined) return;
        await end(tokens);
        await write(undefined);
      }),

    /** Forgets the tokens now, whatever becomes of their session. The service is told, if it can be. */
    drop: (): Promise<void> =>
      tabs.takeTurns(async () => {
        const tokens = await read();
        await write(undefined);
        if (tokens !== undefined) abandon(tokens);
      }),

    /** Forgets the tokens of the session `sessionId`, which is over. */
    forget: (sessionId: string): Promise<void> =>
      tabs.takeTurns(async () => {
        if ((await read())?.sessionId === sessionId) await write(undefined);
      }),
  };
}

function tokensIn(body: Fields): Tokens {
  const tokens = parseTokens(body, Date.now());
  if (tokens !== undefined) return tokens;
  throw new LatchkeyError('unexpected_response', 'The response has no tokens. Is this a Latchkey of another version?');
}
