import { and, eq, sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { knownNetworks } from '../../tables/known-networks.ts';

/** Forgets that the account knew the network, if the user `userId` is gone: `key` stands for account and network. */
export const forgetNetwork = statement(({ key, userId }: Given<{ key: string; userId: string }>) =>
  build
    .delete(knownNetworks)
    .where(and(eq(knownNetworks.key, key), sql`NOT EXISTS (SELECT 1 FROM users WHERE users.id = ${userId})`)),
);
