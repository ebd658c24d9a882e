import { StorageFailure } from '../errors.ts';
import { NoAnswerError, within } from './deadline.ts';

/** The session that an access token belongs to, whose it is, and the version that its user had when it was signed. */
export type TokenSession = { id: string; userId: string; userVersion: number };

export type Denylist = ReturnType<typeof createDenylist>;

/**
 * Revoked ids in a KV namespace, each entry gone when the last token that it could concern has expired. `sid:<session>`
 * concerns one session; `sub:<user>` holds a version, and concerns the tokens of the user that carry a lower one. Reads may
 * be a minute old. Every method is one operation, waited for `readMs` or `writeMs` (a write that is refused is tried once more,
 * `writeIntervalMs` later: KV takes one write of a key in a second), and rejects with `StorageFailure`.
 */
export function createDenylist(
  namespace: KVNamespace,
  { readMs, writeMs, writeIntervalMs }: { readMs: number; writeMs: number; writeIntervalMs: number },
) {
  async function put(key: string, value: string, ttlSeconds: number): Promise<void> {
    const write = async () => within(writeMs, namespace.put(key, value, { expirationTtl: ttlSeconds }));
    await reach(() =>
      write().catch((error: unknown) => {
        if (error instanceof NoAnswerError) throw error;
        return scheduler.wait(writeIntervalMs).then(write);
      }),
    );
  }

  return {
    /** Whether tokens of this session and version are listed as revoked. */
    async isDenylisted({ id, userId, userVersion }: TokenSession): Promise<boolean> {
      const keys = { session: sessionKey(id), user: userKey(userId) };
      const entries = await reach(() => within(readMs, namespace.get([keys.session, keys.user])));
      const listed = entries.get(keys.user) ?? null;
      return (entries.get(keys.session) ?? null) !== null || (listed !== null && concerns(listed, userVersion));
    },

    /** Lists the session `id` for `ttlSeconds`, of which KV takes whole ones from 60 on. */
    addSession(id: string, ttlSeconds: number): Promise<void> {
      return put(sessionKey(id), '', ttlSeconds);
    },

    /** Lists the tokens of the user `id` that carry a lower version than `version`, as long. */
    addUser(id: string, version: number, ttlSeconds: number): Promise<void> {
      return put(userKey(id), String(version), ttlSeconds);
    },
  };
}

const sessionKey = (id: string) => `sid:${id}`;
const userKey = (id: string) => `sub:${id}`;

/** An entry that is not a version concerns every token: somebody meant to revoke. */
function concerns(version: string, userVersion: number): boolean {
  return !/^\d+$/.test(version) || userVersion < Number(version);
}

async function reach<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new StorageFailure('denylist', cause);
  }
}
