import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { time } from './time.ts';

export type User = typeof users.$inferSelect;

/** One row per account. */
export const users = sqliteTable('users', {
  id: text().primaryKey(),
  /** In the canonical form (`domain/account/email.ts`), so that the unique index decides between two registrations. */
  email: text().notNull().unique(),
  passwordHash: text().notNull(),
  admin: integer({ mode: 'boolean' }).notNull().default(false),
  /**
   * Counts what must end everything under way: a logout of all or of the others, another password or address, and
   * disabling the account. A login or a mailed token that began under a lower version is not completed.
   */
  version: integer().notNull().default(0),
  registeredAt: time().notNull(),
  /** When somebody has last proved that the mailbox is theirs. A new address is verified from the start. */
  emailVerifiedAt: time(),
  /** When a mail provider has said that it cannot deliver to the address. The next mail that it takes clears this. */
  undeliverableAt: time(),
  /** The language of mails: `en` or `de`. */
  locale: text(),
  disabledAt: time(),
});
