import type { Database } from './database.ts';
import { deleteOldEvents } from './statements/event/delete-old-events.ts';
import { insertDelayedEvent } from './statements/event/insert-delayed-event.ts';
import { listings } from './statements/event/list-events.ts';
import { insertEvent, type NewEvent } from './statements/event/insert-event.ts';
import type { Event } from './tables/events.ts';

/** Which events to list, and in which order. */
export type EventSearch = {
  userId?: string | undefined;
  type?: string | undefined;
  order: keyof typeof listings;
  after?: number | undefined;
  limit: number;
};

export type Events = ReturnType<typeof createEvents>;

/** The audit log. Every method is one round trip, and rejects with `StorageFailure`. */
export function createEvents(database: Database) {
  return {
    /** Stores an event that tells about no change of the database. */
    async add(event: NewEvent): Promise<void> {
      await database.run(insertEvent(event));
    },

    /** Stores an event `login_delayed`, unless its user had one in the last minute. */
    async addDelayed(event: NewEvent): Promise<void> {
      await database.run(insertDelayedEvent(event));
    },

    /** Up to `limit` events, after the one with the id `after` if there is one. */
    async list({ userId, type, order, after, limit }: EventSearch): Promise<Event[]> {
      const which = `${userId === undefined ? '' : 'OfUser'}${type === undefined ? '' : 'OfType'}` as const;
      const start = after ?? (order === 'oldest' ? 0 : Number.MAX_SAFE_INTEGER);
      return database.run(listings[order][which]({ userId: userId ?? null, type: type ?? null, after: start, limit }));
    },

    /** Deletes up to `limit` events of `before` or earlier, the oldest first, and returns how many. The newest stays. */
    async forget(before: Date, limit: number): Promise<number> {
      return (await database.run(deleteOldEvents({ before, limit }))).length;
    },
  };
}
