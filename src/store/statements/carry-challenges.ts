import { and, eq, inArray, type Placeholder, type SQL, sql } from 'drizzle-orm';
import { build } from '../build.ts';
import { challenges } from '../tables/challenges.ts';

/**
 * Carries verifications and resets of the user over to the next version, if `condition` holds. A logout of all or of the
 * others counts the version up after that. Otherwise whoever has a stolen session could kill every reset by which the
 * owner wants to end it. A change of the address is not carried over: it may be the thief's.
 */
export function carryChallenges(userId: Placeholder, condition?: SQL) {
  const isInForce = sql`${challenges.userVersion} = (SELECT users.version FROM users WHERE users.id = ${userId})`;
  return build
    .update(challenges)
    .set({ userVersion: sql`${challenges.userVersion} + 1` })
    .where(
      and(
        eq(challenges.userId, userId),
        inArray(challenges.purpose, ['reset_password', 'verify_email']),
        isInForce,
        condition,
      ),
    );
}
