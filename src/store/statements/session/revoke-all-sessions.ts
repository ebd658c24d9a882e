import { and, eq, isNull, sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { sessions } from '../../tables/sessions.ts';
import { users } from '../../tables/users.ts';
import { carryChallenges } from '../account/carry-challenges.ts';
import { countVersion } from '../account/count-version.ts';
import { revokedSince } from './revoked-since.ts';

type Values = { userId: string; at: Date };

const carry = statement(({ userId }: Given<Pick<Values, 'userId'>>) => carryChallenges(userId));

const countVersionOfUser = statement(({ userId }: Given<Pick<Values, 'userId'>>) => countVersion(eq(users.id, userId)));

const revoke = statement(({ userId, at }: Given<Values>) => {
  const version = build.select({ version: users.version }).from(users).where(eq(users.id, userId));
  return build
    .update(sessions)
    .set({ ...revokedSince(at), endedVersion: sql`(${version})` })
    .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt)))
    .returning({ endedAt: sessions.expiresAt });
});

/**
 * The batch that counts up the version of the user and revokes all of the user's sessions at `at`. Verifications
 * and resets that were mailed stay in force. It leaves the new version with each of them as `endedVersion`: their access tokens carry a lower one.
 */
export function revokeAllSessions(values: Values) {
  return [carry(values), countVersionOfUser(values), revoke(values)] as const;
}
