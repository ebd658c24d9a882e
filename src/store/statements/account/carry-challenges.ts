import { and, eq, inArray, type Placeholder, type SQL, sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { challenges } from '../../tables/challenges.ts';

/**
 * Carries verifications and resets of the user over to the next version, if `condition` holds. The same batch counts up
 * the version under the same condition, so one that is behind stays behind. Without this, whoever has a stolen session
 * could log out the others again and again, and so kill every reset by which the owner wants to end that session. A
 * change of the address is not carried over: it may be the thief's.
 */
export function carryChallenges(userId: Placeholder, condition?: SQL) {
  return build
    .update(challenges)
    .set({ userVersion: sql`${challenges.userVersion} + 1` })
    .where(
      and(eq(challenges.userId, userId), inArray(challenges.purpose, ['reset_password', 'verify_email']), condition),
    );
}
