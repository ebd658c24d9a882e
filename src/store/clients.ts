import type { Database } from './database.ts';
import {
  insertEventIfChanged,
  insertEventsIfChanged,
  type NewEvent,
  type NewEvents,
} from './statements/event/insert-event.ts';
import type { Note } from './statements/note.ts';
import { changeClient, type ClientChange } from './statements/oauth/change-client.ts';
import { addSecret, deleteSecret } from './statements/oauth/client-secrets.ts';
import { deleteClient, disableClient } from './statements/oauth/delete-client.ts';
import { findClient } from './statements/oauth/find-client.ts';
import { insertClient, type NewClient } from './statements/oauth/insert-client.ts';
import { type ClientListing, listClients } from './statements/oauth/list-clients.ts';
import { noteRefusal, noteUse } from './statements/oauth/note-client.ts';
import type { Client } from './tables/clients.ts';

export type Clients = ReturnType<typeof createClients>;

/** The client as a method has changed it, if it has, and the client as it is. */
type Outcome = { changed: Client | undefined; found: Client | undefined };

/** Clients of `/oauth/`. Every method is one round trip, and rejects with `StorageFailure`. */
export function createClients(database: Database) {
  return {
    /** The client `id`, which may be disabled. */
    async find(id: string): Promise<Client | undefined> {
      const [client] = await database.run(findClient({ id }));
      return client;
    },

    /** The clients of `listing`, newest first. */
    async list(listing: ClientListing): Promise<Client[]> {
      return database.run(listClients(listing));
    },

    /** Stores the client and the event. Returns `false`, and stores nothing, when the id is taken. */
    async create(client: NewClient, event: NewEvent): Promise<boolean> {
      const [created] = await database.batch([insertClient(client), insertEventIfChanged(event)]);
      return created.length === 1;
    },

    /** Changes the client as `changeClient` does, with an event for each change. Returns whether it did. */
    async change(change: ClientChange, events: NewEvents): Promise<boolean> {
      const [changed] = await database.batch([changeClient(change), insertEventsIfChanged(events)]);
      return changed.length === 1;
    },

    /** Adds a secret, which is JSON, if the client has fewer than `most`. */
    async addSecret(id: string, secret: string, most: number, event: NewEvent): Promise<Outcome> {
      const [[changed], , [found]] = await database.batch([
        addSecret({ id, secret, most }),
        insertEventIfChanged(event),
        findClient({ id }),
      ]);
      return { changed, found };
    },

    /** Takes away the secret `secretId`, if the client has it, and counts up the version. */
    async deleteSecret(id: string, secretId: string, event: NewEvent): Promise<Outcome> {
      const [[changed], , [found]] = await database.batch([
        deleteSecret({ id, secretId }),
        insertEventIfChanged(event),
        findClient({ id }),
      ]);
      return { changed, found };
    },

    /** Disables the client at `at` and counts up its version, unless it is disabled. Returns it as it is then. */
    async disable(id: string, at: Date, event: NewEvent): Promise<Client | undefined> {
      const [, , [client]] = await database.batch([
        disableClient({ id, at }),
        insertEventIfChanged(event),
        findClient({ id }),
      ]);
      return client;
    },

    /** Deletes the client as `deleteClient` does. Returns whether it did. */
    async delete(client: { id: string; version: number }, event: NewEvent): Promise<boolean> {
      const [deleted] = await database.batch([deleteClient(client), insertEventIfChanged(event)]);
      return deleted.length === 1;
    },

    /** Notes that the client got an access token, if a note is due. */
    async noteUse(use: Note): Promise<void> {
      await database.run(noteUse(use));
    },

    /** Notes that somebody failed to be the client and stores the event, if a note is due. */
    async noteRefusal(refusal: Note, event: NewEvent): Promise<void> {
      await database.batch([noteRefusal(refusal), insertEventIfChanged(event)]);
    },
  };
}
