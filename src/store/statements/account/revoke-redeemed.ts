import { and, isNull, sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { loginAttempts } from '../../tables/login-attempts.ts';
import { sessions } from '../../tables/sessions.ts';
import { type Redeemed, userOf } from './challenge-state.ts';
import { hasFactor } from '../factor/has-factor.ts';
import { revokedSince } from '../session/revoked-since.ts';

/** Revokes all sessions of the user whose challenge this request has redeemed, after the version was counted up. */
export const revokeRedeemedSessions = statement((given: Given<Redeemed & { at: Date }>) =>
  build
    .update(sessions)
    .set({
      ...revokedSince(given.at),
      endedVersion: sql`(SELECT users.version FROM users WHERE users.id = ${sessions.userId})`,
    })
    .where(and(sql`${sessions.userId} = ${userOf(given)}`, isNull(sessions.revokedAt))),
);

/**
 * Forgets the login attempts under two keys, if this request has redeemed the challenge of a user. Those under the key of the
 * pair stay if the user has a second factor: they are guesses at its codes too, and a mailbox must not buy more of them.
 */
export const forgetRedeemedAttempts = statement((given: Given<Redeemed & { pairKey: string; accountKey: string }>) =>
  build.delete(loginAttempts).where(
    sql`${userOf(given)} IS NOT NULL AND (${loginAttempts.key} = ${given.accountKey}
      OR (${loginAttempts.key} = ${given.pairKey} AND NOT ${hasFactor(userOf(given))}))`,
  ),
);
