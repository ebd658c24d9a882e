import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Times are epoch milliseconds in SQL and `Date` in the code. */
const time = () => integer({ mode: 'timestamp_ms' });

/**
 * One row an account. `email` is canonical (`domain/account/email.ts`), so that its unique index decides who came first. `version`
 * counts the logouts of all or of the others: no login that was begun before one is completed.
 */
export const users = sqliteTable('users', {
  id: text().primaryKey(),
  email: text().notNull().unique(),
  passwordHash: text().notNull(),
  admin: integer({ mode: 'boolean' }).notNull().default(false),
  version: integer().notNull().default(0),
  registeredAt: time().notNull(),
  disabledAt: time(),
});

/**
 * One row a login. `generation` is that of the refresh token in force, which was handed out at `rotatedAt` (the first one
 * with the session, the others by `store/statements/rotate-session.ts`). `presented` tells that this token has come back. `shared` tells
 * that an earlier one has come twice, by a retry or from another tab, and `sharedGeneration` is the last one that was handed
 * out more than once for that. `lateAt` tells when a late retry was last forgiven. A logout of all that ends the session
 * leaves in `endedVersion` the user's version that it counted up to. Nothing here is secret.
 */
export const sessions = sqliteTable(
  'sessions',
  {
    id: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    generation: integer().notNull(),
    startedAt: time().notNull(),
    expiresAt: time().notNull(),
    revokedAt: time(),
    rotatedAt: time(),
    shared: integer({ mode: 'boolean' }).notNull().default(false),
    presented: integer({ mode: 'boolean' }).notNull().default(true),
    sharedGeneration: integer(),
    lateAt: time(),
    endedVersion: integer(),
    addressPrefix: text(),
    country: text(),
    userAgent: text(),
  },
  (session) => [index('sessions_user_id').on(session.userId), index('sessions_expires_at').on(session.expiresAt)],
);

/**
 * Attempts to log in that may have been guesses, by a key that tells nobody whose (`crypto/attempt-keys.ts`). The next one is
 * let through at `retryAt`; at `forgottenAt`, which each attempt puts off, all are forgotten.
 */
export const loginAttempts = sqliteTable(
  'login_attempts',
  { key: text().primaryKey(), retryAt: time().notNull(), forgottenAt: time().notNull() },
  (attempt) => [index('login_attempts_forgotten_at').on(attempt.forgottenAt)],
);

/** That an account has been logged in to from a network: `key` stands for both. */
export const knownNetworks = sqliteTable(
  'known_networks',
  { key: text().primaryKey(), knownUntil: time().notNull() },
  (network) => [index('known_networks_known_until').on(network.knownUntil)],
);
