import { memoryStore, type Store } from './store.ts';

export type Options = {
  /** Where Latchkey is, such as `https://auth.example.org`. In a page, it may be relative to the page. */
  url: string;
  /** Where the tokens are kept. By default in memory. */
  store?: Store;
  /** Replaces the `fetch` of the platform. */
  fetch?: typeof fetch;
  /** Origins that `fetch` sends the access token to, beside Latchkey's and the page's own. */
  origins?: string[];
};

/** The URL of Latchkey without a slash at its end. Throws `TypeError`. */
export function parseBase(url: string): string {
  const { origin, pathname } = parseUrl(url);
  return origin + pathname.replace(/\/+$/, '');
}

/** The origins that `fetch` may send the token to. Throws `TypeError`. */
export function originsOf({ url, origins = [] }: Options): Set<string> {
  const own = pageUrl() === undefined ? [] : [parseUrl('/').origin];
  return new Set([parseUrl(url).origin, ...own, ...origins.map((origin) => parseUrl(origin).origin)]);
}

function parseUrl(text: string): URL {
  // A variable of a build may be missing, which would be a path of the page.
  if (typeof text !== 'string' || text === '') throw new TypeError('The URL must be a text.');
  const url = new URL(text, pageUrl());
  if (url.protocol === 'https:' || url.protocol === 'http:') return url;
  throw new TypeError('The URL must begin with https: or http:.');
}

/** `store`, or one in memory. Throws `TypeError` for what is no store, such as a function that makes one. */
export function parseStore(store: Store = memoryStore()): Store {
  const { get, set, remove }: Partial<Store> = store;
  if ([get, set, remove].every((method) => typeof method === 'function')) return store;
  throw new TypeError('The store must have the methods get, set and remove, as that of localStorageStore() has.');
}

/** In a page, its URL. A page of `about:` or `file:` has none that others could be relative to. */
function pageUrl(): string | undefined {
  const url = typeof location === 'undefined' ? undefined : location.href;
  return url?.startsWith('http') === true ? url : undefined;
}
