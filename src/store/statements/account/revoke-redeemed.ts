import { and, isNull, sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { loginAttempts } from '../../tables/login-attempts.ts';
import { sessions } from '../../tables/sessions.ts';
import { type Redeemed, userOf } from './challenge-state.ts';
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

/** Forgets the login attempts under two keys, if this request has redeemed the challenge of a user. */
export const forgetRedeemedAttempts = statement((given: Given<Redeemed & { pairKey: string; accountKey: string }>) =>
  build
    .delete(loginAttempts)
    .where(sql`${loginAttempts.key} IN (${given.pairKey}, ${given.accountKey}) AND ${userOf(given)} IS NOT NULL`),
);
