import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { time } from './time.ts';
import { users } from './users.ts';

/** What a challenge allows its holder to do. */
export type Purpose = 'register' | 'verify_email' | 'reset_password' | 'change_email' | 'undo_email';

export type Challenge = typeof challenges.$inferSelect;

/**
 * One row per challenge that a mail carries as a token and a code. Nothing in it is secret: both are MACs of the id
 * (`crypto/mailed-token.ts`), so a mail can be written again.
 */
export const challenges = sqliteTable(
  'challenges',
  {
    id: text().primaryKey(),
    /** `NULL` for a registration, which has no user yet. */
    userId: text().references(() => users.id, { onDelete: 'cascade' }),
    purpose: text().$type<Purpose>().notNull(),
    /** The address that the challenge is about. */
    email: text().notNull(),
    /** The version of the user when the challenge was made. Under another one, only an undo is redeemed. */
    userVersion: integer().notNull(),
    /** How many codes have been tried. */
    attempts: integer().notNull().default(0),
    /** The epoch, for a link that an operator hands over: it proves no mailbox. */
    codeExpiresAt: time().notNull(),
    expiresAt: time().notNull(),
    /** The id of the request that has redeemed it. */
    redemption: text(),
  },
  (challenge) => [
    index('challenges_email').on(challenge.email),
    index('challenges_user_id').on(challenge.userId),
    index('challenges_expires_at').on(challenge.expiresAt),
  ],
);
