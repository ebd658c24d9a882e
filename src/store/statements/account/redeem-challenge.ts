import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { challenges, type Purpose } from '../../tables/challenges.ts';
import { isAllowed, isFree, type Redeemed } from './challenge-state.ts';

/** Which challenge a request redeems. `redemption` is an id of the request alone. */
export type Redemption = Redeemed & { purpose: Purpose; at: Date };

/**
 * Redeems the challenge, if it is unused and not too old, its account allows it, and its address is free. The rest of
 * the batch asks whether this request was the one (`userOf`). Returns the id if so.
 */
export const redeemChallenge = statement(({ id, redemption, purpose, at }: Given<Redemption>) =>
  build
    .update(challenges)
    .set({ redemption: sql`${redemption}` })
    .where(
      and(
        eq(challenges.id, id),
        eq(challenges.purpose, purpose),
        isNull(challenges.redemption),
        gt(challenges.expiresAt, at),
        isAllowed,
        isFree({ email: sql`challenges.email`, userId: sql`challenges.user_id`, at }),
      ),
    )
    .returning({ id: challenges.id }),
);
