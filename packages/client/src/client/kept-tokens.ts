import { guardStore, type Store } from './store.ts';
import type { Tabs } from './tabs.ts';
import { readTokens, type Tokens, writeTokens } from './tokens.ts';

/** Who is logged in. */
export type Login = { userId: string; sessionId: string };

/**
 * The tokens in `store`: the only part that reads and writes it. Calls `onChange` when another session, or none, is
 * kept, whichever tab has done it.
 */
export function keepTokens(
  { url, store, tabs }: { url: string; store: Store; tabs: Tabs },
  onChange: (login: Login | undefined) => void,
) {
  const { get, set, remove } = guardStore(store);
  let known: { login: Login | undefined } | undefined;

  /** What is found first is no change. */
  function notice(tokens: Tokens | undefined): void {
    const login = tokens && { userId: tokens.userId, sessionId: tokens.sessionId };
    const isChange = known !== undefined && known.login?.sessionId !== login?.sessionId;
    known = { login };
    if (isChange) onChange(login);
  }

  async function read(): Promise<Tokens | undefined> {
    const text = await get();
    const tokens = text === undefined ? undefined : readTokens(url, text);
    notice(tokens);
    return tokens;
  }

  async function write(tokens: Tokens | undefined): Promise<void> {
    await (tokens === undefined ? remove() : set(writeTokens(url, tokens)));
    tabs.tell();
    notice(tokens);
  }

  return { read, write };
}
