import { parseConfig } from './config/config.ts';
import type { Deps } from './domain/deps.ts';
import { createBreachedPasswords } from './store/breached-passwords.ts';
import { openD1, openLibsql } from './store/database.ts';
import { createDenylist } from './store/denylist.ts';
import { createLogins } from './store/logins.ts';
import { createRateLimiter } from './store/rate-limiter.ts';
import { createSessions } from './store/sessions.ts';
import { createUsers } from './store/users.ts';

/**
 * How long an answer is waited for, in milliseconds: of a rate limiter, of a read of KV, and of all else. And how far apart two
 * writes of one key to KV have to be.
 */
export type Timing = { limiterMs: number; denylistReadMs: number; storageMs: number; writeIntervalMs: number };

/** What is long is so for an isolate that hashes many passwords at once; what is short, most requests can do without. */
const usual: Timing = { limiterMs: 1000, denylistReadMs: 3000, storageMs: 10_000, writeIntervalMs: 1100 };

/** The dependencies of one request, from the bindings of the Worker. Refuses with `misconfigured`. */
export function wire(env: Env, { note, report }: Pick<Deps, 'note' | 'report'>, timing = usual): Deps {
  const { storageMs: deadlineMs, denylistReadMs, writeIntervalMs } = timing;
  const config = parseConfig(env);
  const database =
    config.libsql === undefined ? openD1(env.DB, { deadlineMs }) : openLibsql(config.libsql, { deadlineMs });
  const limiters = {
    credentials: env.LIMIT_CREDENTIALS,
    account: env.LIMIT_ACCOUNT,
    refresh: env.LIMIT_REFRESH,
    other: env.LIMIT_OTHER,
  };
  return {
    config,
    now: () => new Date(),
    note,
    report,
    users: createUsers(database),
    logins: createLogins(database),
    sessions: createSessions(database),
    denylist: createDenylist(env.DENYLIST, { readMs: denylistReadMs, writeMs: deadlineMs, writeIntervalMs }),
    limiter: createRateLimiter(limiters, { deadlineMs: timing.limiterMs }),
    breachedPasswords: createBreachedPasswords(config.breachUrl, { deadlineMs }),
  };
}
