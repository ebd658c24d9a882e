import { eq, sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { sessions } from '../../tables/sessions.ts';
import { users } from '../../tables/users.ts';
import { carryChallenges } from '../account/carry-challenges.ts';
import { countVersion } from '../account/count-version.ts';
import { revokedSince } from './revoked-since.ts';

/** A session that this request has begun, of a user who had `userVersion` until then. */
type Begun = { sessionId: string; userId: string; userVersion: number; at: Date };

const isBegun = ({ sessionId }: Given<Begun>) =>
  sql`EXISTS (SELECT 1 FROM sessions AS own WHERE own.id = ${sessionId})`;

const revoke = statement((given: Given<Begun>) =>
  build
    .update(sessions)
    .set({ ...revokedSince(given.at), endedVersion: sql`${given.userVersion} + 1` })
    .where(
      sql`${sessions.userId} = ${given.userId} AND ${sessions.id} <> ${given.sessionId}
        AND ${sessions.revokedAt} IS NULL AND ${isBegun(given)}`,
    ),
);

const carry = statement((given: Given<Begun>) => carryChallenges(given.userId, isBegun(given)));

const count = statement((given: Given<Begun>) =>
  countVersion(sql`${eq(users.id, given.userId)} AND ${isBegun(given)}`),
);

/**
 * The statements that revoke all sessions of the user but the one that this request has begun, and count up the version of
 * the user. They do nothing when the session was not stored. Verifications and resets that were mailed stay in force.
 */
export const revokeBeside = (begun: Begun) => [revoke(begun), carry(begun), count(begun)] as const;
