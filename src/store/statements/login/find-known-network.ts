import { and, eq, gt } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { knownNetworks } from '../../tables/known-networks.ts';

/** Selects the network that `key` stands for, if it is known at `at`. */
export const findKnownNetwork = statement(({ key, at }: Given<{ key: string; at: Date }>) =>
  build
    .select({ key: knownNetworks.key })
    .from(knownNetworks)
    .where(and(eq(knownNetworks.key, key), gt(knownNetworks.knownUntil, at))),
);
