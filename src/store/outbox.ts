import type { Database } from './database.ts';

export type Outbox = ReturnType<typeof createOutbox>;

/** Mails to be sent. Every method is one round trip, and rejects with `StorageFailure`. */
export function createOutbox(_database: Database) {
  return {};
}
