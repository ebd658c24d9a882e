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
   * Counts what ends other logins: a logout of all or of the others, and disabling the account. A login that began
   * under a lower version is not completed.
   */
  version: integer().notNull().default(0),
  registeredAt: time().notNull(),
  disabledAt: time(),
});
