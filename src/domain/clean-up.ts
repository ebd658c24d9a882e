import type { Deps } from './deps.ts';

/** How many logins' traces a round deletes: each leaves a session, and attempts by two keys of its own. */
const LOGINS_A_ROUND = 2500;

/** A round is three statements, and D1 takes a thousand of one run. */
const MAX_ROUNDS = 300;

/** A run begins every ten minutes (wrangler.toml), and must not meet the next. */
const MAX_MS = 5 * 60_000;

/** A session is kept this long after its end, longer than any access token lives, so that its tokens are told why. */
const KEPT_MS = 2 * 86_400_000;

/** How many rows were deleted. `isComplete` tells whether none is left for the next time. */
export type CleanUp = { sessions: number; attempts: number; networks: number; isComplete: boolean };

/**
 * Deletes sessions that ended two days ago or earlier, and attempts and networks that are to be forgotten: as long as there are
 * any, for five minutes and 300 rounds at most. That is what 750,000 logins leave, as many as 2,500 addresses can make in the ten
 * minutes between two runs, at the 30 a minute that `LIMIT_CREDENTIALS` lets through. Rejects with `StorageFailure`; what has
 * been deleted by then stays deleted.
 */
export async function cleanUp(
  { now, sessions, logins }: Pick<Deps, 'now' | 'sessions' | 'logins'>,
  loginsARound = LOGINS_A_ROUND,
): Promise<CleanUp> {
  const at = now();
  const endedAt = new Date(at.getTime() - KEPT_MS);
  const deleted = { sessions: 0, attempts: 0, networks: 0 };
  for (let round = 0; round < MAX_ROUNDS && now().getTime() < at.getTime() + MAX_MS; round += 1) {
    const ended = await sessions.deleteEnded(endedAt, loginsARound);
    const { attempts, networks } = await logins.forget(at, 2 * loginsARound);
    deleted.sessions += ended;
    deleted.attempts += attempts;
    deleted.networks += networks;
    const isComplete = ended < loginsARound && Math.max(attempts, networks) < 2 * loginsARound;
    if (isComplete) return { ...deleted, isComplete };
  }
  return { ...deleted, isComplete: false };
}
