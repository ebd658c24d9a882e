import type { Database } from './database.ts';
import { insertEvent, type NewEvent } from './statements/event/insert-event.ts';

export type Events = ReturnType<typeof createEvents>;

/** The audit log. Every method is one round trip, and rejects with `StorageFailure`. */
export function createEvents(database: Database) {
  return {
    /** Stores an event that tells about no change of the database. */
    async add(event: NewEvent): Promise<void> {
      await database.run(insertEvent(event));
    },
  };
}
