import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { time } from './time.ts';

/**
 * Operator tokens and assertions of clients that were used, until they expire: each is good for one request. The table has
 * the name of the first of them, because a version of the service that is being replaced still uses it.
 */
export const usedTokens = sqliteTable(
  'operator_tokens',
  {
    /** The `jti` of an operator token, or a digest of the `jti` of an assertion and its client. */
    id: text().primaryKey(),
    expiresAt: time().notNull(),
  },
  (token) => [index('operator_tokens_expires_at').on(token.expiresAt)],
);
