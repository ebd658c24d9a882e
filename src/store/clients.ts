import type { Database } from './database.ts';
import { insertEventIfChanged, type NewEvent } from './statements/event/insert-event.ts';
import { findClient } from './statements/oauth/find-client.ts';
import { noteRefusal, noteUse } from './statements/oauth/note-client.ts';
import type { Client } from './tables/clients.ts';

export type Clients = ReturnType<typeof createClients>;

/** Uses of a client are noted once in this time, refusals once in the other: a row takes few writes in a second. */
const USE_INTERVAL_MS = 60 * 60 * 1000;
const REFUSAL_INTERVAL_MS = 60 * 1000;

/** Clients of `/oauth/`. Every method is one round trip, and rejects with `StorageFailure`. */
export function createClients(database: Database) {
  return {
    /** The client `id`, which may be disabled. */
    async find(id: string): Promise<Client | undefined> {
      const [client] = await database.run(findClient({ id }));
      return client;
    },

    /** Notes that the client `id` got an access token at `at`, once an hour at most. */
    async noteUse(id: string, at: Date): Promise<void> {
      await database.run(noteUse({ id, at, before: earlier(at, USE_INTERVAL_MS) }));
    },

    /** Notes that somebody failed to be the client `id` at `at`, and stores the event: once a minute at most. */
    async noteRefusal(id: string, at: Date, event: NewEvent): Promise<void> {
      const before = earlier(at, REFUSAL_INTERVAL_MS);
      await database.batch([noteRefusal({ id, at, before }), insertEventIfChanged(event)]);
    },
  };
}

const earlier = (at: Date, ms: number): Date => new Date(at.getTime() - ms);
