import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { time } from './time.ts';
import { users } from './users.ts';

/** The authenticator app of an account: one row for each account that has one. */
export const totps = sqliteTable('totps', {
  userId: text()
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  /** The secret, encrypted under a key of `SECRET_KEY` (`crypto/sealed-secret.ts`). */
  sealedSecret: text().notNull(),
  /** The time step of the last code that was used. No code of it or of an earlier one works again. */
  lastStep: integer().notNull(),
  addedAt: time().notNull(),
  lastUsedAt: time(),
});
