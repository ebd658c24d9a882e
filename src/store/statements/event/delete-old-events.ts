import { sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { events } from '../../tables/events.ts';

/**
 * Deletes up to `limit` of the oldest events, those before the first one that is newer than `before`, and returns their
 * ids. The newest event stays: without it, the next one would get an id that was there before. Reads one event more than
 * it deletes.
 */
export const deleteOldEvents = statement(({ before, limit }: Given<{ before: Date; limit: number }>) => {
  const firstKept = sql`SELECT oldest.id
    FROM (SELECT id, at FROM events WHERE id >= 0 ORDER BY id LIMIT ${limit}) AS oldest
    WHERE oldest.at > ${before} LIMIT 1`;
  const old = sql`SELECT events.id FROM events
    WHERE events.id < coalesce((${firstKept}), (SELECT max(newest.id) FROM events AS newest))
    ORDER BY events.id LIMIT ${limit}`;
  return build
    .delete(events)
    .where(sql`${events.id} IN (${old})`)
    .returning({ id: events.id });
});
