import { sql } from 'drizzle-orm';
import { check, index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { clients } from './clients.ts';
import { time } from './time.ts';
import { users } from './users.ts';

export type ApiKey = typeof apiKeys.$inferSelect;

/** One row per API key, of a user or of a client. Nothing in it can be used as a key. */
export const apiKeys = sqliteTable(
  'api_keys',
  {
    /** The first part of the key. */
    id: text().primaryKey(),
    userId: text().references(() => users.id, { onDelete: 'cascade' }),
    clientId: text().references(() => clients.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    /** The HMAC-SHA256 of the whole key, in base64url (`crypto/api-key.ts`). */
    mac: text().notNull(),
    /** The scopes that the key was given, sorted. It has those of them that its owner still has. */
    scopes: text({ mode: 'json' }).$type<string[]>().notNull(),
    createdAt: time().notNull(),
    expiresAt: time(),
    revokedAt: time(),
    /** When it was last used, to the hour. */
    lastUsedAt: time(),
    /** When somebody last presented it with a wrong secret, to the minute. */
    lastRefusedAt: time(),
  },
  (key) => [
    check('api_keys_one_owner', sql`(user_id IS NULL) <> (client_id IS NULL)`),
    // A list and a count of keys that are not revoked read no others, however many were revoked lately.
    index('api_keys_user_id')
      .on(key.userId, key.revokedAt, key.createdAt, key.id)
      .where(sql`user_id IS NOT NULL`),
    index('api_keys_client_id')
      .on(key.clientId, key.revokedAt, key.createdAt, key.id)
      .where(sql`client_id IS NOT NULL`),
    index('api_keys_expires_at')
      .on(key.expiresAt)
      .where(sql`expires_at IS NOT NULL`),
    index('api_keys_revoked_at')
      .on(key.revokedAt)
      .where(sql`revoked_at IS NOT NULL`),
  ],
);
