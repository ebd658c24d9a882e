import { StorageFailure } from '../errors.ts';

/** What KV accepts as the life of an entry, at the least. */
const MIN_TTL_SECONDS = 60;

/** KV takes one write of a key in a second: of two logouts at once, the second tries again when that is over. */
const WRITE_INTERVAL_MS = 1100;

/** The session that a token belongs to, whose it is, and when it began. */
export type ListedSession = { id: string; userId: string; startedAt: Date };

export type Denylist = ReturnType<typeof createDenylist>;

/**
 * Revoked ids in a KV namespace, each entry gone when the last token that it could concern has expired. `sid:<session>`
 * concerns one session; `sub:<user>` holds epoch seconds, and concerns the user's sessions that began until then. Reads may
 * be a minute old. Every method is one operation (a write that fails is tried once more, `writeIntervalMs` later), and rejects
 * with `StorageFailure`.
 */
export function createDenylist(namespace: KVNamespace, { writeIntervalMs = WRITE_INTERVAL_MS } = {}) {
  async function put(key: string, value: string, ttlSeconds: number): Promise<void> {
    const expirationTtl = Math.max(MIN_TTL_SECONDS, Math.ceil(ttlSeconds));
    const write = () => namespace.put(key, value, { expirationTtl });
    await reach(write().catch(() => scheduler.wait(writeIntervalMs).then(write)));
  }

  return {
    /** Whether `session` is listed as revoked. */
    async has({ id, userId, startedAt }: ListedSession): Promise<boolean> {
      const keys = { session: sessionKey(id), user: userKey(userId) };
      const entries = await reach(namespace.get([keys.session, keys.user]));
      const all = entries.get(keys.user) ?? null;
      return (entries.get(keys.session) ?? null) !== null || (all !== null && concerns(all, startedAt));
    },

    /** Lists the session `id` for `ttlSeconds`, and for no less than a minute. */
    addSession(id: string, ttlSeconds: number): Promise<void> {
      return put(sessionKey(id), '', ttlSeconds);
    },

    /** Lists the sessions of the user `id` that began until `until`, as long. */
    addUser(id: string, until: Date, ttlSeconds: number): Promise<void> {
      return put(userKey(id), String(until.getTime() / 1000), ttlSeconds);
    },
  };
}

const sessionKey = (id: string) => `sid:${id}`;
const userKey = (id: string) => `sub:${id}`;

/** What is not a time concerns every session: somebody meant to revoke. */
function concerns(epochSeconds: string, startedAt: Date): boolean {
  const isTime = /^\d+(\.\d+)?$/.test(epochSeconds);
  return !isTime || startedAt.getTime() <= Math.round(Number(epochSeconds) * 1000);
}

async function reach<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new StorageFailure('denylist', error instanceof Error ? error.message : 'an unknown failure', {
      cause: error,
    });
  }
}
