import { type SQL, sql, type SQLWrapper } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { outbox } from '../../tables/outbox.ts';
import { hasUse } from '../account/challenge-state.ts';

/** How often a mail is tried. */
export const MAX_TRIES = 5;

type Claim = { at: Date; leasedUntil: Date };

/** Whether a mail is due. */
const isDue = (at: SQLWrapper) => sql`outbox.retry_at <= ${at} AND outbox.tries < ${MAX_TRIES}
  AND outbox.expires_at > ${at} AND ${hasUse}`;

const claim = (leasedUntil: SQLWrapper, condition: SQL) =>
  build
    .update(outbox)
    .set({ tries: sql`${outbox.tries} + 1`, retryAt: sql`${leasedUntil}` })
    .where(condition)
    .returning();

/** Takes the mail `id` until `leasedUntil`, if it is due at `at`. Meanwhile nobody else gets it. */
export const claimMail = statement(({ id, at, leasedUntil }: Given<Claim & { id: string }>) =>
  claim(leasedUntil, sql`outbox.id = ${id} AND ${isDue(at)}`),
);

/** As `claimMail`, for up to `limit` mails, the oldest due first. */
export const claimDueMails = statement(({ at, leasedUntil, limit }: Given<Claim & { limit: number }>) =>
  claim(
    leasedUntil,
    sql`outbox.id IN (SELECT outbox.id FROM outbox WHERE ${isDue(at)} ORDER BY outbox.retry_at LIMIT ${limit})`,
  ),
);
