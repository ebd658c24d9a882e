import { eq, sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { loginAttempts } from '../../tables/login-attempts.ts';
import type { AttemptLimit } from './count-attempt.ts';

/**
 * Takes one attempt off what `key` counts for. A wait that others have by now stays: their attempts may be guesses.
 */
export const refundAttempt = statement(({ key, longestDelayMs }: Given<Pick<AttemptLimit, 'key' | 'longestDelayMs'>>) =>
  build
    .update(loginAttempts)
    .set({ forgottenAt: sql`${loginAttempts.forgottenAt} - ${longestDelayMs}` })
    .where(eq(loginAttempts.key, key)),
);
