import { sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { clients } from '../../tables/clients.ts';

/** Where to go on in a list of clients: after the one that was made at `afterTime`, in epoch milliseconds. */
export type ClientListing = { afterTime: number; afterId: string; limit: number };

/** Selects clients, newest first. */
export const listClients = statement(({ afterTime, afterId, limit }: Given<ClientListing>) =>
  build
    .select()
    .from(clients)
    .where(sql`(clients.created_at, clients.id) < (${afterTime}, ${afterId})`)
    .orderBy(sql`clients.created_at DESC, clients.id DESC`)
    .limit(limit),
);
