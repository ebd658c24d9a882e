import { type Config, parseConfig } from './config/config.ts';
import type { Deps } from './domain/deps.ts';
import type { Surroundings } from './http/app-env.ts';
import { accountLink } from './mail/link.ts';
import { toLocale } from './mail/locale.ts';
import { createMailer } from './mail/mailer.ts';
import { openTransport } from './mail/open-transport.ts';
import { createApiKeys } from './store/api-keys.ts';
import { createBreachedPasswords } from './store/breached-passwords.ts';
import { createChallenges } from './store/challenges.ts';
import { createClients } from './store/clients.ts';
import { openD1 } from './store/d1.ts';
import { createDenylist } from './store/denylist.ts';
import { createEvents } from './store/events.ts';
import { createFactors } from './store/factors.ts';
import { openLibsql } from './store/libsql.ts';
import { createLogins } from './store/logins.ts';
import { createEverybody } from './store/everybody.ts';
import { createManagedUsers } from './store/managed-users.ts';
import { createUsedTokens } from './store/used-tokens.ts';
import { createOutbox } from './store/outbox.ts';
import { createRateLimiter } from './store/rate-limiter.ts';
import { createRedemptions } from './store/redemptions.ts';
import { createSessions } from './store/sessions.ts';
import { createTransfers } from './store/transfers.ts';
import { createUsers } from './store/users.ts';

/**
 * Deadlines in milliseconds: for a rate limiter, for a read of KV, and for everything else. `writeIntervalMs` is the
 * pause before a second attempt to write a key to KV, which takes one write of a key in a second.
 */
export type Timing = { limiterMs: number; denylistReadMs: number; storageMs: number; writeIntervalMs: number };

/**
 * Long deadlines allow for an isolate that hashes many passwords at once. Short ones are for what most requests can do
 * without.
 */
const usual: Timing = { limiterMs: 1000, denylistReadMs: 3000, storageMs: 10_000, writeIntervalMs: 1100 };

/** The dependencies of one request, made from the bindings of the Worker. Refuses with `misconfigured`. */
export function wire(env: Env, surroundings: Surroundings, timing = usual): Deps {
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
    ...surroundings,
    mailer: config.mail && createMailer(openTransport(config.mail.transport, env), senderOf(config, config.mail)),
    linkTo: (page, to) => accountLink(accountUrlOf(config), page, { locale: toLocale(to.locale), token: to.token }),
    users: createUsers(database),
    managedUsers: createManagedUsers(database),
    transfers: createTransfers(database),
    everybody: createEverybody(database),
    challenges: createChallenges(database),
    redemptions: createRedemptions(database),
    outbox: createOutbox(database),
    events: createEvents(database),
    usedTokens: createUsedTokens(database),
    logins: createLogins(database),
    factors: createFactors(database),
    sessions: createSessions(database),
    clients: createClients(database),
    apiKeys: createApiKeys(database),
    denylist: createDenylist(env.DENYLIST, { readMs: denylistReadMs, writeMs: deadlineMs, writeIntervalMs }),
    limiter: createRateLimiter(limiters, { deadlineMs: timing.limiterMs }),
    breachedPasswords: createBreachedPasswords(config.breachUrl, { deadlineMs }),
  };
}

const accountUrlOf = ({ issuer, accountUrl }: Config) => (accountUrl === '' ? `${issuer}/account` : accountUrl);

const senderOf = (config: Config, { from, replyTo }: NonNullable<Config['mail']>) => ({
  from,
  replyTo,
  appName: config.appName,
  accountUrl: accountUrlOf(config),
});
