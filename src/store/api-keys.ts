import type { Database } from './database.ts';
import { insertEventIfChanged, type NewEvent } from './statements/event/insert-event.ts';
import { findKey } from './statements/key/find-key.ts';
import { type KeyNote, noteRefusal, noteUse } from './statements/key/note-key.ts';

export type ApiKeys = ReturnType<typeof createApiKeys>;

/** API keys of users and clients. Every method is one round trip, and rejects with `StorageFailure`. */
export function createApiKeys(database: Database) {
  return {
    /** The API key `id` with its owner: `user` without the password hash, or `client`. The other one is `null`. */
    async findWithOwner(id: string) {
      const [row] = await database.run(findKey({ id }));
      return row;
    },

    /** Notes a use of the key, if one is due. */
    async noteUse(use: KeyNote): Promise<void> {
      await database.run(noteUse(use));
    },

    /** Notes a wrong secret for the key and stores the event, if one is due. */
    async noteRefusal(refusal: KeyNote, event: NewEvent): Promise<void> {
      await database.batch([noteRefusal(refusal), insertEventIfChanged(event)]);
    },
  };
}
