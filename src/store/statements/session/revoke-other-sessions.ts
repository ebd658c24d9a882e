import { and, eq, exists, gt, isNull, ne, or, type Placeholder } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { sessions } from '../../tables/sessions.ts';
import { users } from '../../tables/users.ts';
import { carryChallenges } from '../account/carry-challenges.ts';
import { countVersion } from '../account/count-version.ts';
import type { OwnId } from './revoke-session-of-user.ts';
import { revokedSince } from './revoked-since.ts';

type Values = OwnId & { at: Date; since: Date };

const own = alias(sessions, 'own');

const selectOwn = (id: Placeholder) =>
  build
    .select({ id: own.id })
    .from(own)
    .where(and(eq(own.id, id), isNull(own.revokedAt)));

const findOwn = statement(({ id }: Given<Pick<Values, 'id'>>) => selectOwn(id));

const carry = statement(({ id, userId }: Given<OwnId>) => carryChallenges(userId, exists(selectOwn(id))));

const countVersionOfUser = statement(({ id, userId }: Given<OwnId>) =>
  countVersion(and(eq(users.id, userId), exists(selectOwn(id)))),
);

const revoke = statement(({ id, userId, at, since }: Given<Values>) => {
  const isRecent = or(isNull(sessions.revokedAt), gt(sessions.revokedAt, since));
  return build
    .update(sessions)
    .set(revokedSince(at))
    .where(and(eq(sessions.userId, userId), ne(sessions.id, id), isRecent, exists(selectOwn(id))))
    .returning();
});

/**
 * The batch that revokes all sessions of `userId` but `id` at `at`, and counts up the version of the user. Verifications and
 * resets that were mailed stay in force. It does
 * nothing when `id` is revoked: of two sessions that revoke each other, one wins. The first statement returns `id`
 * unless it is revoked. The last one returns the other sessions, those that were revoked after `since` among them.
 */
export function revokeOtherSessions(values: Values) {
  return [findOwn(values), carry(values), countVersionOfUser(values), revoke(values)] as const;
}
