import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { time } from './time.ts';

export type Event = typeof events.$inferSelect;

/** Who did something: `admin:` comes with the id of that user, `client:` with the id of that client. */
export type Actor = 'user' | 'operator' | 'system' | `admin:${string}` | `client:${string}`;

/**
 * The audit log. SQLite has one writer at a time, so a later commit has a higher id: whoever reads from an id on misses
 * none. The clean-up leaves the newest row, so that no id comes twice. `userId` outlives the user.
 */
export const events = sqliteTable(
  'events',
  {
    id: integer().primaryKey(),
    /** A name of the table in `domain/event/event-types.ts`. */
    type: text().notNull(),
    at: time().notNull(),
    userId: text(),
    actor: text().$type<Actor>().notNull(),
    sessionId: text(),
    addressPrefix: text(),
    country: text(),
    userAgent: text(),
    requestId: text(),
    /** Small, without a secret and without an e-mail address. */
    data: text({ mode: 'json' }).$type<Record<string, unknown>>(),
  },
  // Each index ends with the id.
  (event) => [
    index('events_user_id').on(event.userId),
    index('events_type').on(event.type),
    index('events_delayed')
      .on(event.userId, event.at)
      .where(sql`type = 'login_delayed'`),
  ],
);
