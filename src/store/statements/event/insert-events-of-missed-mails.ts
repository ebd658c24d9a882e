import { sql } from 'drizzle-orm';
import { type Given, statement } from '../../statement.ts';
import { hasUse } from '../account/challenge-state.ts';
import { selectOverMails } from '../mail/delete-over.ts';
import { insertEventWhere, type NewEvent } from './insert-event.ts';

/**
 * Inserts an event for each mail that `deleteOverMails`, the next statement of the batch, deletes although its user would
 * have needed it.
 */
export const insertEventsOfMissedMails = statement((given: Given<NewEvent & { before: Date; limit: number }>) =>
  insertEventWhere(given, {
    userId: sql`users.id`,
    data: sql`json_object('message', outbox.message)`,
    from: sql`FROM outbox JOIN users ON users.email = outbox.email`,
    where: sql`outbox.id IN (${selectOverMails({ at: given.before, limit: given.limit })}) AND ${hasUse}`,
  }),
);
