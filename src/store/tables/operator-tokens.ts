import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { time } from './time.ts';

/** Operator tokens that were used, until they expire: each is good for one request. */
export const operatorTokens = sqliteTable(
  'operator_tokens',
  {
    /** The `jti` of the token. */
    id: text().primaryKey(),
    expiresAt: time().notNull(),
  },
  (token) => [index('operator_tokens_expires_at').on(token.expiresAt)],
);
