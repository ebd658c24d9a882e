import { LatchkeyError } from './errors.ts';

/** Keeps one text: the tokens. What it throws becomes a `LatchkeyError` with the code `store_failed`. */
export type Store = {
  /** Names what all tabs share, so that they take turns. Without a name, the store belongs to this page alone. */
  name?: string;
  get: () => Awaitable<string | null | undefined>;
  set: (text: string) => Awaitable<void>;
  remove: () => Awaitable<void>;
};

type Awaitable<T> = T | Promise<T>;

/** Keeps the tokens in this page. A reload logs out, and no other tab is logged in. Nothing is left on the device. */
export function memoryStore(): Store {
  let kept: string | undefined;
  return {
    get: () => kept,
    set: (text) => void (kept = text),
    remove: () => void (kept = undefined),
  };
}

/**
 * Keeps the tokens in `localStorage`. Reloads and all tabs stay logged in. Any script that runs in a page of your
 * origin can read them there, and whoever gets a copy of the refresh token is logged in elsewhere.
 */
export function localStorageStore(key = 'latchkey'): Store {
  return {
    name: `localStorage ${key}`,
    get: () => localStorage.getItem(key),
    set: (text) => localStorage.setItem(key, text),
    remove: () => localStorage.removeItem(key),
  };
}

/** `store`, whose failures are refused with `store_failed`. */
export function guardStore(store: Store) {
  return {
    get: async () => (await guarded(() => store.get())) ?? undefined,
    set: (text: string) => guarded(() => store.set(text)),
    remove: () => guarded(() => store.remove()),
  };
}

async function guarded<T>(use: () => Awaitable<T>): Promise<T> {
  try {
    return await use();
  } catch (cause) {
    throw new LatchkeyError('store_failed', 'This browser does not let the page keep the login.', { cause });
  }
}
