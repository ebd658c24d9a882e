import { StorageFailure } from '../errors.ts';
import { NoAnswerError, within } from './deadline.ts';

/** What KV accepts as the life of an entry, at the least. */
const MIN_TTL_SECONDS = 60;

/** The session that a token belongs to, whose it is, and when it began. */
export type ListedSession = { id: string; userId: string; startedAt: Date };

export type Denylist = ReturnType<typeof createDenylist>;

/**
 * Revoked ids in a KV namespace, each entry gone when the last token that it could concern has expired. `sid:<session>`
 * concerns one session; `sub:<user>` holds epoch seconds, and concerns the user's sessions that began until then. Reads may
 * be a minute old. Every method is one operation, waited for `readMs` or `writeMs` (a write that is refused is tried once more,
 * `writeIntervalMs` later: KV takes one write of a key in a second), and rejects with `StorageFailure`.
 */
export function createDenylist(
  namespace: KVNamespace,
  { readMs, writeMs, writeIntervalMs }: { readMs: number; writeMs: number; writeIntervalMs: number },
) {
  async function put(key: string, value: string, ttlSeconds: number): Promise<void> {
    const expirationTtl = Math.max(MIN_TTL_SECONDS, Math.ceil(ttlSeconds));
    const write = async () => within(writeMs, namespace.put(key, value, { expirationTtl }));
    await reach(() =>
      write().catch((error: unknown) => {
        if (error instanceof NoAnswerError) throw error;
        return scheduler.wait(writeIntervalMs).then(write);
      }),
    );
  }

  return {
    /** Whether `session` is listed as revoked. */
    async has({ id, userId, startedAt }: ListedSession): Promise<boolean> {
      const keys = { session: sessionKey(id), user: userKey(userId) };
      const entries = await reach(() => within(readMs, namespace.get([keys.session, keys.user])));
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

async function reach<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new StorageFailure('denylist', cause);
  }
}
