import { sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { clients } from '../../tables/clients.ts';

/** A client as it begins. `scopes`, `secrets` and `jwks` are JSON. */
export type NewClient = {
  id: string;
  name: string;
  scopes: string;
  secrets: string;
  jwks: string | null;
  version: number;
  createdAt: Date;
};

/** Inserts the client if its id is free. Returns the id if inserted. */
export const insertClient = statement((given: Given<NewClient>) =>
  build
    .insert(clients)
    .values({
      id: sql`${given.id}`,
      name: sql`${given.name}`,
      scopes: sql`${given.scopes}`,
      secrets: sql`${given.secrets}`,
      jwks: sql`${given.jwks}`,
      version: sql`${given.version}`,
      createdAt: sql`${given.createdAt}`,
    })
    .onConflictDoNothing()
    .returning({ id: clients.id }),
);
