import { sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { clients } from '../../tables/clients.ts';

/**
 * A client as it was read and as it will be, and by how much its version counts up. `scopes` and `jwks` are JSON, those of
 * the former as the row has them.
 */
export type ClientChange = {
  id: string;
  name: string;
  scopes: string;
  jwks: string | null;
  disabledAt: Date | null;
  version: number;
  newName: string;
  newScopes: string;
  newJwks: string | null;
  newDisabledAt: Date | null;
  versions: number;
};

/** Changes the client if it is still as it was read. Returns the id if so. */
export const changeClient = statement((given: Given<ClientChange>) =>
  build
    .update(clients)
    .set({
      name: sql`${given.newName}`,
      scopes: sql`${given.newScopes}`,
      jwks: sql`${given.newJwks}`,
      disabledAt: sql`${given.newDisabledAt}`,
      version: sql`${clients.version} + ${given.versions}`,
    })
    .where(
      sql`clients.id = ${given.id} AND clients.name = ${given.name} AND clients.scopes = ${given.scopes}
        AND clients.jwks IS ${given.jwks} AND clients.disabled_at IS ${given.disabledAt}
        AND clients.version = ${given.version}`,
    )
    .returning({ id: clients.id }),
);
