import { and, eq, isNotNull, max } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { challenges, type Purpose } from '../../tables/challenges.ts';
import { sessions } from '../../tables/sessions.ts';

/**
 * Selects the user of the challenge `id`, if it has `purpose` and was redeemed, and the highest version that an end of all
 * sessions has left with sessions of the user. `endedAt` is when the last of these ended.
 */
export const findEndedUser = statement(({ id, purpose }: Given<{ id: string; purpose: Purpose }>) =>
  build
    .select({ id: sessions.userId, version: max(sessions.endedVersion), endedAt: max(sessions.revokedAt) })
    .from(challenges)
    .innerJoin(sessions, eq(sessions.userId, challenges.userId))
    .where(
      and(
        eq(challenges.id, id),
        eq(challenges.purpose, purpose),
        isNotNull(challenges.redemption),
        isNotNull(sessions.endedVersion),
      ),
    )
    .groupBy(sessions.userId),
);
