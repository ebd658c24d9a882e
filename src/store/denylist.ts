import { StorageFailure } from '../errors.ts';
import { DeadlineError, within } from './deadline.ts';

/** What an access token says of its session: the id, the user, and the versions of user and rights at its signing. */
export type TokenSession = { id: string; userId: string; userVersion: number; rightsVersion: number };

/**
 * What an access token without a session says of itself: its own id, the API key that it was exchanged for, and whose it
 * is, with the versions at its signing. A client has no version of rights.
 */
export type LoneToken = {
  id: string;
  keyId: string | undefined;
  subject: string;
  version: number;
  rightsVersion: number | undefined;
};

/** What the denylist says about an access token: `stale` when the user has other rights by now. */
export type Standing = 'accepted' | 'stale' | 'revoked';

export type Denylist = ReturnType<typeof createDenylist>;

/**
 * The denylist, in a KV namespace. An entry `sid:<session>` concerns the access tokens of one session, `key:<API key>`
 * those that an API key was exchanged for, and `jti:<token>` one token. An entry `sub:<user or client>` holds a version,
 * and concerns the access tokens of a lower version. An entry `old:<user>` holds a version of the user's rights, in the
 * same way: these tokens are not revoked, but replaced. Reads may be a minute old.
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

  /** `ids` are entries that revoke by being there, `subject` and `rights` those that hold a version. */
  async function ask(
    ids: string[],
    subject: { key: string; version: number },
    rights?: { key: string; version: number },
  ): Promise<Standing> {
    const keys = [...ids, subject.key, ...(rights === undefined ? [] : [rights.key])];
    const entries = await reach(() => within(readMs, namespace.get(keys)));
    const entryOf = (key: string) => entries.get(key) ?? null;
    if (ids.some((key) => entryOf(key) !== null) || concerns(entryOf(subject.key), subject.version)) return 'revoked';
    return rights !== undefined && concerns(entryOf(rights.key), rights.version) ? 'stale' : 'accepted';
  }

  async function findStanding({ id, userId, userVersion, rightsVersion }: TokenSession): Promise<Standing> {
    const rights = { key: rightsKey(userId), version: rightsVersion };
    return ask([sessionKey(id)], { key: subjectKey(userId), version: userVersion }, rights);
  }

  return {
    /** What the entries say about an access token of this session and these versions. */
    findStanding,

    /** Whether an entry revokes the access tokens of this session and version. */
    async isDenylisted(session: Omit<TokenSession, 'rightsVersion'>): Promise<boolean> {
      return (await findStanding({ ...session, rightsVersion: 0 })) === 'revoked';
    },

    /** What the entries say about an access token without a session. */
    async findStandingOfLone({ id, keyId, subject, version, rightsVersion }: LoneToken): Promise<Standing> {
      const ids = [tokenKey(id), ...(keyId === undefined ? [] : [keyKey(keyId)])];
      const rights = rightsVersion === undefined ? undefined : { key: rightsKey(subject), version: rightsVersion };
      return ask(ids, { key: subjectKey(subject), version }, rights);
    },

    /** Denylists the session `id` for `ttlSeconds`: whole seconds, 60 or more. */
    addSession(id: string, ttlSeconds: number): Promise<void> {
      return put(sessionKey(id), '', ttlSeconds);
    },

    /** Denylists the access token `id`, which has no session, for `ttlSeconds` as above. */
    addToken(id: string, ttlSeconds: number): Promise<void> {
      return put(tokenKey(id), '', ttlSeconds);
    },

    /** Denylists the access tokens that the API key `id` was exchanged for, for `ttlSeconds` as above. */
    addKey(id: string, ttlSeconds: number): Promise<void> {
      return put(keyKey(id), '', ttlSeconds);
    },

    /** Denylists the access tokens of a user or client of a version below `version`, for `ttlSeconds` as above. */
    addSubject(id: string, version: number, ttlSeconds: number): Promise<void> {
      return put(subjectKey(id), String(version), ttlSeconds);
    },

    /** Makes the user's access tokens of rights below `rightsVersion` stale, for `ttlSeconds` as above. */
    addRights(id: string, rightsVersion: number, ttlSeconds: number): Promise<void> {
      return put(rightsKey(id), String(rightsVersion), ttlSeconds);
    },
  };
}

const sessionKey = (id: string) => `sid:${id}`;
const tokenKey = (id: string) => `jti:${id}`;
const keyKey = (id: string) => `key:${id}`;
const subjectKey = (id: string) => `sub:${id}`;
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
