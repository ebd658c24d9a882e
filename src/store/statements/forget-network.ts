import { eq } from 'drizzle-orm';
import { build } from '../build.ts';
import { type Given, statement } from '../statement.ts';
import { knownNetworks } from '../tables/known-networks.ts';

/** Forgets that the account knows the network: `key` stands for both. */
export const forgetNetwork = statement(({ key }: Given<{ key: string }>) =>
  build.delete(knownNetworks).where(eq(knownNetworks.key, key)),
);
