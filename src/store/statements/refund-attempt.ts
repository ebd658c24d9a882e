import { eq, sql } from 'drizzle-orm';
import { build } from '../build.ts';
import { loginAttempts } from '../tables/login-attempts.ts';
import type { Attempt } from './count-attempt.ts';

/**
 * Takes one attempt off what the network counts for. A wait that others have by now stays: their attempts may be
 * guesses.
 */
export function refundAttempt({ network }: Pick<Attempt, 'network'>) {
  return build
    .update(loginAttempts)
    .set({ forgottenAt: sql`${loginAttempts.forgottenAt} - ${network.longestDelayMs}` })
    .where(eq(loginAttempts.key, network.key));
}
