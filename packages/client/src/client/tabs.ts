/** All tabs that share a store. */
export type Tabs = {
  /** Runs `work` while no other tab, and no other call in this one, runs one. It learns whether another tab came first. */
  takeTurns: <T>(work: (isSecond: boolean) => Promise<T>) => Promise<T>;
  /** Tells the other tabs that the store has changed. */
  tell: () => void;
  /** Calls `listener` when another tab may have changed the store. */
  listen: (listener: () => void) => void;
};

/** A tab that waits longer goes ahead: the service answers two refreshes within its grace with the same tokens. */
const MAX_WAIT_MS = 30_000;

/** The tabs of the store `name`; without a name, this page alone. */
export function joinTabs(name: string | undefined): Tabs {
  const queue = makeQueue();
  const channel = name === undefined || typeof BroadcastChannel === 'undefined' ? undefined : openChannel(name);
  const locks = name === undefined || typeof navigator === 'undefined' ? undefined : navigator.locks;
  return {
    takeTurns: (work) =>
      queue(() => (locks === undefined || name === undefined ? work(false) : withLock(locks, name, work))),
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no other origin
    tell: () => channel?.postMessage('changed'),
    listen: (listener) => {
      channel?.addEventListener('message', listener);
      if (name !== undefined && typeof document !== 'undefined') listenToPage(listener);
    },
  };
}

/**
 * A message may come before the change of `localStorage` that it tells of, which each process of the browser hears of
 * on its own. The event `storage` comes with the change. A page that comes back from the back/forward cache missed both.
 */
function listenToPage(listener: () => void): void {
  addEventListener('storage', listener);
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) listener();
  });
}

function openChannel(name: string): BroadcastChannel {
  const channel = new BroadcastChannel(name);
  // Node has this method. Without it, the channel would keep the process alive.
  const unref: unknown = Reflect.get(channel, 'unref');
  if (typeof unref === 'function') Reflect.apply(unref, channel, []);
  return channel;
}

/** Runs `work` under the lock, or without it after a long wait: the tab that holds the lock may be asleep. */
async function withLock<T>(locks: LockManager, name: string, work: (isSecond: boolean) => Promise<T>): Promise<T> {
  let started: Promise<T> | undefined;
  const start = (isSecond: boolean) => (started ??= work(isSecond));
  try {
    await locks.request(name, { ifAvailable: true }, (lock) => (lock === null ? undefined : start(false)));
    return await (started ?? locks.request(name, { signal: AbortSignal.timeout(MAX_WAIT_MS) }, () => start(true)));
  } catch {
    // Either the wait was too long, or the work itself has failed.
    return start(true);
  }
}

/** Runs one piece of work after the other. */
function makeQueue() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
}
