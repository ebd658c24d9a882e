import { eq } from 'drizzle-orm';
import { build } from '../build.ts';
import { knownNetworks } from '../tables/known-networks.ts';
import { loginAttempts } from '../tables/login-attempts.ts';

/** The batch that reads both tables of logins and selects nothing: no key is empty. */
export function probeLogins() {
  return [
    build.select({ key: loginAttempts.key }).from(loginAttempts).where(eq(loginAttempts.key, '')),
    build.select({ key: knownNetworks.key }).from(knownNetworks).where(eq(knownNetworks.key, '')),
  ] as const;
}
