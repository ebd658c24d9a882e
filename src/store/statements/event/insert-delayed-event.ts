import { sql } from 'drizzle-orm';
import { type Given, statement } from '../../statement.ts';
import { insertEventWhere, type NewEvent } from './insert-event.ts';

const MINUTE_MS = 60_000;

/** Inserts an event `login_delayed`, unless its user had one in the last minute. */
export const insertDelayedEvent = statement((given: Given<NewEvent>) =>
  insertEventWhere(given, {
    // The index `events_delayed` has this type alone, so the type is written out.
    type: sql`'login_delayed'`,
    where: sql`NOT EXISTS (SELECT 1 FROM events AS last
      WHERE last.user_id = ${given.userId} AND last.type = 'login_delayed' AND last.at > ${given.at} - ${MINUTE_MS})`,
  }),
);
