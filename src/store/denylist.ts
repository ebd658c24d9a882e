import { StorageFailure } from '../errors.ts';

/** What KV accepts as the life of an entry, at the least. */
const MIN_TTL_SECONDS = 60;

/** KV takes one write of a key in a second: of two logouts at once, the second tries again when that is over. */
const WRITE_INTERVAL_MS = 1100;

export type Denylist = ReturnType<typeof createDenylist>;

/**
 * Revoked ids in a KV namespace, each entry gone when the last token that it could concern has expired. Reads may be a
 * minute old. Every method is one operation (a write that fails is tried once more), and rejects with `StorageFailure`.
 */
export function createDenylist(namespace: KVNamespace) {
  return {
    /** Whether the session `id` is listed as revoked. */
    async hasSession(id: string): Promise<boolean> {
      return (await reach(namespace.get(sessionKey(id)))) !== null;
    },

    /** Lists the session `id` as revoked for `ttlSeconds`, and for no less than a minute. */
    async addSession(id: string, ttlSeconds: number): Promise<void> {
      const expirationTtl = Math.max(MIN_TTL_SECONDS, Math.ceil(ttlSeconds));
      const put = () => namespace.put(sessionKey(id), '', { expirationTtl });
      await reach(put().catch(() => scheduler.wait(WRITE_INTERVAL_MS).then(put)));
    },
  };
}

const sessionKey = (id: string) => `sid:${id}`;

async function reach<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new StorageFailure('denylist', error instanceof Error ? error.message : 'an unknown failure', {
      cause: error,
    });
  }
}
