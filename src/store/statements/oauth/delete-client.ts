import { sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { clients } from '../../tables/clients.ts';

/** Disables the client and counts up its version, unless it is disabled. */
export const disableClient = statement(({ id, at }: Given<{ id: string; at: Date }>) =>
  build
    .update(clients)
    .set({ disabledAt: sql`${at}`, version: sql`${clients.version} + 1` })
    .where(sql`clients.id = ${id} AND clients.disabled_at IS NULL`),
);

/**
 * Deletes the client with its API keys, if it is disabled and nothing has counted up the version since. Returns the id if
 * deleted.
 */
export const deleteClient = statement(({ id, version }: Given<{ id: string; version: number }>) =>
  build
    .delete(clients)
    .where(sql`clients.id = ${id} AND clients.version = ${version} AND clients.disabled_at IS NOT NULL`)
    .returning({ id: clients.id }),
);
