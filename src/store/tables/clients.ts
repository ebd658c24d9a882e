import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { time } from './time.ts';

export type Client = typeof clients.$inferSelect;

/** A secret of a client: an id to name it by, its SHA-256 in base64url, and its time in epoch milliseconds. */
export type ClientSecret = { id: string; hash: string; createdAt: number };

/** One row per client: a program that gets access tokens in its own name (RFC 6749, section 4.4). */
export const clients = sqliteTable(
  'clients',
  {
    /** Never a UUID, because the ids of users are: an access token has either as its `sub`. */
    id: text().primaryKey(),
    name: text().notNull(),
    /** The scopes that the client can ask for (RFC 6749, section 3.3), sorted. */
    scopes: text({ mode: 'json' }).$type<string[]>().notNull().default([]),
    /** Two at most: one is in use, while the other one is being replaced. */
    secrets: text({ mode: 'json' }).$type<ClientSecret[]>().notNull().default([]),
    /** A JWKS of public keys (RFC 7517), for `private_key_jwt`. */
    jwks: text(),
    /** Counts what must end access tokens: a disabled client, a secret, scope or key that is taken away. */
    version: integer().notNull().default(0),
    createdAt: time().notNull(),
    disabledAt: time(),
    /** When it last got an access token, to the hour. */
    lastUsedAt: time(),
    /** When somebody last failed to be this client, to the minute. */
    lastRefusedAt: time(),
  },
  (client) => [index('clients_created_at').on(client.createdAt, client.id)],
);
