import { eq } from 'drizzle-orm';
import { build } from '../../build.ts';
import { statement } from '../../statement.ts';
import { knownNetworks } from '../../tables/known-networks.ts';
import { loginAttempts } from '../../tables/login-attempts.ts';

/** Reads the attempts and selects nothing: no key is empty. */
export const probeAttempts = statement(() =>
  build.select({ key: loginAttempts.key }).from(loginAttempts).where(eq(loginAttempts.key, '')),
);

/** Reads the networks and selects nothing: no key is empty. */
export const probeNetworks = statement(() =>
  build.select({ key: knownNetworks.key }).from(knownNetworks).where(eq(knownNetworks.key, '')),
);
