import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { time } from './time.ts';
import { users } from './users.ts';

/** One row per recovery code that is left. A use deletes it. */
export const recoveryCodes = sqliteTable(
  'recovery_codes',
  {
    /** The HMAC-SHA256 of the user and the code, in base64url (`crypto/recovery-code.ts`). */
    mac: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    madeAt: time().notNull(),
  },
  (code) => [index('recovery_codes_user_id').on(code.userId)],
);
