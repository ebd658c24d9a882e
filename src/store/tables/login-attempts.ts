import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { time } from './time.ts';

/** Login attempts that may have been guesses. The key tells nobody whose they are (`crypto/attempt-keys.ts`). */
export const loginAttempts = sqliteTable(
  'login_attempts',
  {
    key: text().primaryKey(),
    /** When the next attempt is let through. */
    retryAt: time().notNull(),
    /** When all attempts are forgotten. Each attempt puts this off. */
    forgottenAt: time().notNull(),
  },
  (attempt) => [index('login_attempts_forgotten_at').on(attempt.forgottenAt)],
);
