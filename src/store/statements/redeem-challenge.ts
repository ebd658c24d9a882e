import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import { build } from '../build.ts';
import { type Given, statement } from '../statement.ts';
import { challenges, type Purpose } from '../tables/challenges.ts';
import { isFree, isOfVersion, type Redeemed } from './challenge-state.ts';

/** Which challenge a request redeems. `redemption` is an id of the request alone. */
export type Redemption = Redeemed & { purpose: Purpose; at: Date };

/**
 * Redeems the challenge, if it is unused and not too old, its user has the same version, and its address is free. The
 * rest of the batch asks whether this request was the one (`userOf`). An undo is redeemed under any version: it is
 * against somebody who has changed the address, and may have changed the password too.
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
        sql`(challenges.user_id IS NULL OR ${isOfVersion} OR (challenges.purpose = 'undo_email' AND ${isEnabled}))`,
        isFree({ email: sql`challenges.email`, userId: sql`challenges.user_id`, at }),
      ),
    )
    .returning({ userId: challenges.userId, email: challenges.email }),
);

const isEnabled = sql`EXISTS (SELECT 1 FROM users WHERE users.id = challenges.user_id AND users.disabled_at IS NULL)`;
