import { StorageFailure } from '../errors.ts';
import { DeadlineError, within } from './deadline.ts';

/** What an access token says of its session: the id, the user, and the versions of user and rights at its signing. */
export type TokenSession = { id: string; userId: string; userVersion: number; rightsVersion: number };

/** What the denylist says about an access token: `stale` when the user has other rights by now. */
export type Standing = 'accepted' | 'stale' | 'revoked';

export type Denylist = ReturnType<typeof createDenylist>;

/**
 * The denylist, in a KV namespace. An entry `sid:<session>` concerns the access tokens of one session. An entry
 * `sub:<user>` holds a version, and concerns the user's access tokens of a lower version. An entry `old:<user>` holds a
 * version of the user's rights, in the same way: these tokens are not revoked, but replaced. Reads may be a minute old.
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

  async function findStanding({ id, userId, userVersion, rightsVersion }: TokenSession): Promise<Standing> {
    const keys = { session: sessionKey(id), user: userKey(userId), rights: rightsKey(userId) };
    const entries = await reach(() => within(readMs, namespace.get([keys.session, keys.user, keys.rights])));
    const isSession = (entries.get(keys.session) ?? null) !== null;
    if (isSession || concerns(entries.get(keys.user) ?? null, userVersion)) return 'revoked';
    return concerns(entries.get(keys.rights) ?? null, rightsVersion) ? 'stale' : 'accepted';
  }

  return {
    /** What the entries say about an access token of this session and these versions. */
    findStanding,

    /** Whether an entry revokes the access tokens of this session and version. */
    async isDenylisted(session: Omit<TokenSession, 'rightsVersion'>): Promise<boolean> {
      return (await findStanding({ ...session, rightsVersion: 0 })) === 'revoked';
    },

    /** Denylists the session `id` for `ttlSeconds`: whole seconds, 60 or more. */
    addSession(id: string, ttlSeconds: number): Promise<void> {
      return put(sessionKey(id), '', ttlSeconds);
    },

    /** Denylists the user's access tokens of a version below `version`, for `ttlSeconds` as above. */
    addUser(id: string, version: number, ttlSeconds: number): Promise<void> {
      return put(userKey(id), String(version), ttlSeconds);
    },

    /** Makes the user's access tokens of rights below `rightsVersion` stale, for `ttlSeconds` as above. */
    addRights(id: string, rightsVersion: number, ttlSeconds: number): Promise<void> {
      return put(rightsKey(id), String(rightsVersion), ttlSeconds);
    },
  };
}

const sessionKey = (id: string) => `sid:${id}`;
const userKey = (id: string) => `sub:${id}`;
const rightsKey = (id: string) => `old:${id}`;

/** Fails closed: an entry that is not a version concerns every token. */
function concerns(entry: string | null, version: number): boolean {
  return entry !== null && (!/^\d+$/.test(entry) || version < Number(entry));
}

async function reach<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new StorageFailure('denylist', cause);
  }
}
