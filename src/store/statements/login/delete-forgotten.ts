import { inArray, lte } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { knownNetworks } from '../../tables/known-networks.ts';
import { loginAttempts } from '../../tables/login-attempts.ts';

/** Deletes up to `limit` attempts that are forgotten at `at`, and returns their keys. */
export const deleteForgottenAttempts = statement(({ at, limit }: Given<{ at: Date; limit: number }>) => {
  const forgotten = build
    .select({ key: loginAttempts.key })
    .from(loginAttempts)
    .where(lte(loginAttempts.forgottenAt, at))
    .limit(limit);
  return build.delete(loginAttempts).where(inArray(loginAttempts.key, forgotten)).returning({ key: loginAttempts.key });
});

/** Deletes up to `limit` networks that are no longer known at `at`, and returns their keys. */
export const deleteForgottenNetworks = statement(({ at, limit }: Given<{ at: Date; limit: number }>) => {
  const forgotten = build
    .select({ key: knownNetworks.key })
    .from(knownNetworks)
    .where(lte(knownNetworks.knownUntil, at))
    .limit(limit);
  return build.delete(knownNetworks).where(inArray(knownNetworks.key, forgotten)).returning({ key: knownNetworks.key });
});
