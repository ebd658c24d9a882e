import { sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { mailRequests } from '../../tables/mail-requests.ts';
import type { Purpose } from '../../tables/challenges.ts';

/** A request for a mail to the address that `key` stands for. `userId` is `null` when the address may have no account. */
export type MailRequest = { requestId: string; key: string; purpose: Purpose; userId: string | null; at: Date };

/** Mails to one address: in an hour for one purpose, and in a day for all of them. */
export const MAILS = { perHourAndPurpose: 3, perDay: 10 };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Counts the request unless the address has had its mails, or `userId` is no user. The other statements of the batch ask
 * for the row `requestId` (`isCounted`). Counts for addresses without an account too, so that they cost the same.
 */
export const countMailRequest = statement(({ requestId, key, purpose, userId, at }: Given<MailRequest>) =>
  build
    .insert(mailRequests)
    .select(
      sql`SELECT ${requestId}, ${key}, ${purpose}, ${at}
        WHERE (${userId} IS NULL OR EXISTS (SELECT 1 FROM users WHERE users.id = ${userId}))
          AND (SELECT count(*) FROM mail_requests WHERE key = ${key} AND requested_at > ${at} - ${DAY_MS}) < ${MAILS.perDay}
          AND (SELECT count(*) FROM mail_requests WHERE key = ${key} AND requested_at > ${at} - ${HOUR_MS} AND purpose = ${purpose}) < ${MAILS.perHourAndPurpose}`,
    )
    .returning({ id: mailRequests.id }),
);
