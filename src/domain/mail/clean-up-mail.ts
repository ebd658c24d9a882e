import type { Deps } from '../deps.ts';
import { newEvent } from '../event/new-event.ts';
import { report } from './deliver.ts';

/** How many rows of each kind a round deletes. */
const ROWS_A_ROUND = 5000;

/** A round is four statements. */
const MAX_ROUNDS = 30;

/** The rest of the time is for sessions. */
const MAX_MS = 60_000;

/** How many rows a run deleted. `isComplete` tells whether no row is left for the next run. */
export type MailCleanUp = { challenges: number; mails: number; mailRequests: number; isComplete: boolean };

/**
 * Deletes challenges and mails that are over, and requests for mails of more than a day ago. Reports the mails that
 * somebody still needed. Stops after a minute or 30 rounds: 150,000 rows of each kind. Rejects with `StorageFailure`.
 */
export async function cleanUpMail(
  deps: Pick<Deps, 'now' | 'trace' | 'challenges' | 'outbox' | 'reportMail'>,
): Promise<MailCleanUp> {
  const { now, challenges, outbox, reportMail } = deps;
  const at = now();
  const event = newEvent(deps, 'mail_failed', { actor: 'system' });
  const deleted = { challenges: 0, mails: 0, mailRequests: 0 };
  for (let round = 0; round < MAX_ROUNDS && now().getTime() < at.getTime() + MAX_MS; round += 1) {
    const mails = await outbox.forget(at, ROWS_A_ROUND, event);
    for (const mail of mails) if (mail.isMissed) report({ reportMail }, mail, 'failed');
    const over = await challenges.forget(at, ROWS_A_ROUND);
    deleted.challenges += over.challenges;
    deleted.mailRequests += over.mailRequests;
    deleted.mails += mails.length;
    if (Math.max(mails.length, over.challenges, over.mailRequests) < ROWS_A_ROUND) {
      return { ...deleted, isComplete: true };
    }
  }
  return { ...deleted, isComplete: false };
}
