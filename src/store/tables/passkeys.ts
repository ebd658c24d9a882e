import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { time } from './time.ts';
import { users } from './users.ts';

export type Passkey = typeof passkeys.$inferSelect;

/** One row per passkey: a discoverable WebAuthn credential. Nothing in it is secret. */
export const passkeys = sqliteTable(
  'passkeys',
  {
    /** The credential id in base64url. */
    id: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    /** The public key as a JWK. */
    publicKey: text().notNull(),
    /** The signature counter when it was last used. A passkey that several devices share has none: it stays 0. */
    counter: integer().notNull(),
    /** Whether its provider keeps a copy, so that it outlives the device. */
    backedUp: integer({ mode: 'boolean' }).notNull(),
    /** How a browser may reach it, as it says. */
    transports: text({ mode: 'json' }).$type<string[]>().notNull(),
    addedAt: time().notNull(),
    lastUsedAt: time(),
  },
  (passkey) => [index('passkeys_user_id').on(passkey.userId, passkey.addedAt, passkey.id)],
);
