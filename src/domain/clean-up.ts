import type { Deps } from './deps.ts';
import { cleanUpMail, type MailCleanUp } from './mail/clean-up-mail.ts';

/** How many logins a round cleans up after. A login leaves one session, and attempts under two keys of its own. */
const LOGINS_A_ROUND = 2500;

/** A round is three statements, and mail takes ninety. D1 accepts a thousand per run. */
const MAX_ROUNDS = 300;

/** A run begins every ten minutes (wrangler.toml), and must be over before the next. */
const MAX_MS = 5 * 60_000;

/** How long the row of an ended session is kept. No access token lives longer, so its refusal can still say why. */
const KEPT_MS = 2 * 86_400_000;

/** How many rows a run deleted. `isComplete` tells whether no row is left for the next run. */
export type CleanUp = { sessions: number; attempts: number; networks: number } & MailCleanUp;

/**
 * Deletes sessions that ended two days ago or earlier, forgotten attempts and networks, and what is left of mails. It
 * stops after 300 rounds or five minutes. 300 rounds clean up after 750,000 logins: 2,500 addresses can make as many
 * between two runs, at the 30 a minute that `LIMIT_CREDENTIALS` lets through. Rejects with `StorageFailure`; rows
 * deleted by then stay deleted.
 */
export async function cleanUp(
  deps: Pick<Deps, 'now' | 'sessions' | 'logins'> & Parameters<typeof cleanUpMail>[0],
  loginsARound = LOGINS_A_ROUND,
): Promise<CleanUp> {
  const { now, sessions, logins } = deps;
  const at = now();
  const mail = await cleanUpMail(deps);
  const endedAt = new Date(at.getTime() - KEPT_MS);
  const deleted = { sessions: 0, attempts: 0, networks: 0 };
  for (let round = 0; round < MAX_ROUNDS && now().getTime() < at.getTime() + MAX_MS; round += 1) {
    const ended = await sessions.deleteEnded(endedAt, loginsARound);
    const { attempts, networks } = await logins.forget(at, 2 * loginsARound);
    deleted.sessions += ended;
    deleted.attempts += attempts;
    deleted.networks += networks;
    const isComplete = ended < loginsARound && Math.max(attempts, networks) < 2 * loginsARound;
    if (isComplete) return { ...deleted, ...mail };
  }
  return { ...deleted, ...mail, isComplete: false };
}
