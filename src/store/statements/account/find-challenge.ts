import { and, eq, gt, isNull } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { challenges, type Purpose } from '../../tables/challenges.ts';

/** Selects the challenge `id`, if it has `purpose` and can still be redeemed at `at`. Does not look at its user. */
export const findChallenge = statement(({ id, purpose, at }: Given<{ id: string; purpose: Purpose; at: Date }>) =>
  build
    .select({ id: challenges.id, email: challenges.email })
    .from(challenges)
    .where(
      and(
        eq(challenges.id, id),
        eq(challenges.purpose, purpose),
        isNull(challenges.redemption),
        gt(challenges.expiresAt, at),
      ),
    ),
);
