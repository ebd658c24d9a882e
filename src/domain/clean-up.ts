import type { Deps } from './deps.ts';
import { cleanUpMail, type MailCleanUp } from './mail/clean-up-mail.ts';

/**
 * How many logins a round cleans up after. A login leaves one session, attempts under two keys of its own, and two events:
 * its own and that of the logout.
 */
const LOGINS_A_ROUND = 3500;

/** A round is four statements, mail takes 120, used tokens ten, API keys two. D1 accepts a thousand per run. */
const MAX_ROUNDS = 215;

/** A run begins every ten minutes (wrangler.toml), and must be over before the next. */
const MAX_MS = 5 * 60_000;

/**
 * How long the row of an ended session or API key is kept. No access token lives longer, so its refusal can still say
 * why, and whoever revokes a key again can still complete it.
 */
const KEPT_MS = 2 * 86_400_000;

const DAY_MS = 86_400_000;

/** How far another machine's clock may be behind. There, a token whose row is gone would be good again. */
const BEHIND_MS = 60_000;

/** How many rows a run deleted. `isComplete` tells whether no row is left for the next run. */
export type CleanUp = {
  sessions: number;
  attempts: number;
  networks: number;
  events: number;
  apiKeys: number;
  usedTokens: number;
} & MailCleanUp;

/**
 * Deletes sessions and API keys that ended two days ago or earlier, forgotten attempts and networks, events that are old
 * enough, used tokens that are over, and what is left of mails. It stops after 215 rounds or five minutes. 215 rounds
 * clean up after 750,000 logins: 2,500 addresses can make as many between two runs, at the 30 a minute that
 * `LIMIT_CREDENTIALS` lets through. Rejects with `StorageFailure`; rows deleted by then stay deleted.
 */
export async function cleanUp(
  deps: Pick<Deps, 'config' | 'now' | 'sessions' | 'apiKeys' | 'logins' | 'events' | 'usedTokens'> &
    Parameters<typeof cleanUpMail>[0],
  loginsARound = LOGINS_A_ROUND,
): Promise<CleanUp> {
  const { config, now, sessions, logins } = deps;
  const at = now();
  const mail = await cleanUpMail(deps);
  const perRound = 2 * loginsARound;
  const used = await forgetUsedTokens(deps, new Date(at.getTime() - BEHIND_MS), perRound);
  const endedAt = new Date(at.getTime() - KEPT_MS);
  const keys = await deps.apiKeys.deleteEnded(endedAt, perRound);
  const oldAt = new Date(at.getTime() - config.eventRetentionDays * DAY_MS);
  const deleted = {
    sessions: 0,
    attempts: 0,
    networks: 0,
    events: 0,
    apiKeys: keys.revoked + keys.expired,
    usedTokens: used.deleted,
  };
  const isOnceComplete = mail.isComplete && used.isComplete && Math.max(keys.revoked, keys.expired) < perRound;
  for (let round = 0; round < MAX_ROUNDS && now().getTime() < at.getTime() + MAX_MS; round += 1) {
    const ended = await sessions.deleteEnded(endedAt, loginsARound);
    const { attempts, networks } = await logins.forget(at, perRound);
    const events = await deps.events.forget(oldAt, perRound);
    deleted.sessions += ended;
    deleted.attempts += attempts;
    deleted.networks += networks;
    deleted.events += events;
    const isOver = ended < loginsARound && Math.max(attempts, networks, events) < perRound;
    if (isOver) return { ...deleted, ...mail, isComplete: isOnceComplete };
  }
  return { ...deleted, ...mail, isComplete: false };
}

/** Statements that delete used tokens in one run. With 7,000 rows each, that is 117 assertions of clients a second. */
const MAX_USED_STATEMENTS = 10;

async function forgetUsedTokens({ usedTokens }: Pick<Deps, 'usedTokens'>, at: Date, limit: number) {
  let deleted = 0;
  for (let statement = 0; statement < MAX_USED_STATEMENTS; statement += 1) {
    const forgotten = await usedTokens.forget(at, limit);
    deleted += forgotten;
    if (forgotten < limit) return { deleted, isComplete: true };
  }
  return { deleted, isComplete: false };
}
