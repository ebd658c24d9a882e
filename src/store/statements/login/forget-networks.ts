import { sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { knownNetworks } from '../../tables/known-networks.ts';

/** Forgets all networks of the account that `accountKey` stands for, if the user is gone: their keys begin with it. */
export const forgetNetworks = statement(({ accountKey, userId }: Given<{ accountKey: string; userId: string }>) =>
  build.delete(knownNetworks).where(
    sql`${knownNetworks.key} >= ${accountKey} || '.' AND ${knownNetworks.key} < ${accountKey} || '/'
        AND NOT EXISTS (SELECT 1 FROM users WHERE users.id = ${userId})`,
  ),
);
