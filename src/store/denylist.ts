import { StorageFailure } from '../errors.ts';
import { DeadlineError, within } from './deadline.ts';

/** What an access token says of its session: the id, the user, and the user's version when the token was signed. */
export type TokenSession = { id: string; userId: string; userVersion: number };

export type Denylist = ReturnType<typeof createDenylist>;

/**
 * The denylist, in a KV namespace. An entry `sid:<session>` concerns the access tokens of one session. An entry
 * `sub:<user>` holds a version, and concerns the user's access tokens of a lower version. Reads may be a minute old.
 *
 * Every method is one operation, waits no longer than `readMs` or `writeMs`, and rejects with `StorageFailure`. A write
 * that KV refuses is retried once after `writeIntervalMs`, since KV accepts one write per second and key.
 */
export function createDenylist(
  namespace: KVNamespace,
  { readMs, writeMs, writeIntervalMs }: { readMs: number; writeMs: number; writeIntervalMs: number },
) {
  async function put(key: string, value: string, ttlSeconds: number): Promise<void> {
    const write = async () => within(writeMs, namespace.put(key, value, { expirationTtl: ttlSeconds }));
    await reach(() =>
      write().catch((error: unknown) => {
        if (error instanceof DeadlineError) throw error;
        return scheduler.wait(writeIntervalMs).then(write);
      }),
    );
  }

  return {
    /** Whether an entry concerns an access token of this session and version. */
    async isDenylisted({ id, userId, userVersion }: TokenSession): Promise<boolean> {
      const keys = { session: sessionKey(id), user: userKey(userId) };
      const entries = await reach(() => within(readMs, namespace.get([keys.session, keys.user])));
      const version = entries.get(keys.user) ?? null;
      return (entries.get(keys.session) ?? null) !== null || (version !== null && concerns(version, userVersion));
    },

    /** Denylists the session `id` for `ttlSeconds`: whole seconds, 60 or more. */
    addSession(id: string, ttlSeconds: number): Promise<void> {
      return put(sessionKey(id), '', ttlSeconds);
    },

    /** Denylists the user's access tokens of a version below `version`, for `ttlSeconds` as above. */
    addUser(id: string, version: number, ttlSeconds: number): Promise<void> {
      return put(userKey(id), String(version), ttlSeconds);
    },
  };
}

const sessionKey = (id: string) => `sid:${id}`;
const userKey = (id: string) => `sub:${id}`;

/** Fails closed: an entry that is not a version concerns every token. */
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
