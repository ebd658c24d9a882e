import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { time } from './time.ts';
import { users } from './users.ts';

export type Session = typeof sessions.$inferSelect;

/**
 * One row per login, and nothing secret in it. `statements/session/rotate-session.ts` says what a refresh does with its
 * columns.
 */
export const sessions = sqliteTable(
  'sessions',
  {
    id: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The generation of the refresh token in force. */
    generation: integer().notNull(),
    startedAt: time().notNull(),
    /** When the session ends unless it is refreshed. A revocation brings it forward. */
    expiresAt: time().notNull(),
    revokedAt: time(),
    /** When a rotation issued the refresh token in force, or a late retry got it again. */
    rotatedAt: time(),
    /** Whether a client has presented an earlier token again since the session began: a retry, or another tab. */
    shared: integer({ mode: 'boolean' }).notNull().default(false),
    /** Whether a client has presented the token in force. */
    presented: integer({ mode: 'boolean' }).notNull().default(true),
    /** The last generation that was issued more than once. */
    sharedGeneration: integer(),
    /** When a late retry was last forgiven. */
    lateAt: time(),
    /** The new version of the user, if a logout of all has ended this session. */
    endedVersion: integer(),
    addressPrefix: text(),
    country: text(),
    userAgent: text(),
    /** How the user authenticated last, in the words of RFC 8176. */
    amr: text({ mode: 'json' }).$type<string[]>().notNull().default(['pwd']),
    /** When that was; `NULL` for a session whose user authenticated only at its start. */
    authenticatedAt: time(),
  },
  (session) => [index('sessions_user_id').on(session.userId), index('sessions_expires_at').on(session.expiresAt)],
);
