import { inArray, lte, sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { challenges } from '../../tables/challenges.ts';
import { mailRequests } from '../../tables/mail-requests.ts';
import { outbox } from '../../tables/outbox.ts';
import { hasUse } from '../account/challenge-state.ts';

type Values = { at: Date; limit: number };

/** Deletes up to `limit` challenges that are over at `at`, and returns their ids. */
export const deleteOverChallenges = statement(({ at, limit }: Given<Values>) => {
  const over = build.select({ id: challenges.id }).from(challenges).where(lte(challenges.expiresAt, at)).limit(limit);
  return build.delete(challenges).where(inArray(challenges.id, over)).returning({ id: challenges.id });
});

/** Selects the ids of up to `limit` mails that are over at `at`, the same ones each time. */
export const selectOverMails = ({ at, limit }: Given<Values>) =>
  build
    .select({ id: outbox.id })
    .from(outbox)
    .where(lte(outbox.expiresAt, at))
    .orderBy(outbox.expiresAt, sql`outbox.rowid`)
    .limit(limit);

/**
 * Deletes up to `limit` mails that are over at `at`, and returns them. `isMissed` tells whether somebody would have needed
 * the mail: its challenge, if it has one, is neither redeemed nor dead.
 */
export const deleteOverMails = statement((given: Given<Values>) =>
  build
    .delete(outbox)
    .where(inArray(outbox.id, selectOverMails(given)))
    .returning({ id: outbox.id, tries: outbox.tries, isMissed: hasUse.mapWith(Boolean) }),
);

/** Deletes up to `limit` requests for mails that were made at `at` or before, and returns their ids. */
export const deleteOldMailRequests = statement(({ at, limit }: Given<Values>) => {
  const old = build
    .select({ id: mailRequests.id })
    .from(mailRequests)
    .where(lte(mailRequests.requestedAt, at))
    .limit(limit);
  return build.delete(mailRequests).where(inArray(mailRequests.id, old)).returning({ id: mailRequests.id });
});
