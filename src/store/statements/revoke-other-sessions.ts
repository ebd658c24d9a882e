import { and, eq, exists, gt, isNull, ne, or } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { build } from '../build.ts';
import { sessions } from '../tables/sessions.ts';
import { users } from '../tables/users.ts';
import { countVersion } from './count-version.ts';
import type { OwnId } from './revoke-session-of-user.ts';
import { revokedSince } from './revoked-since.ts';

/**
 * The batch that revokes all sessions of `userId` but `id` at `at`, and counts up the version of the user. It does
 * nothing when `id` is revoked: of two sessions that revoke each other, one wins. The first statement returns `id`
 * unless it is revoked. The last one returns the other sessions, those that were revoked after `since` among them.
 */
export function revokeOtherSessions({ id, userId }: OwnId, { at, since }: { at: Date; since: Date }) {
  const own = alias(sessions, 'own');
  const findOwn = build
    .select({ id: own.id })
    .from(own)
    .where(and(eq(own.id, id), isNull(own.revokedAt)));
  const isRecent = or(isNull(sessions.revokedAt), gt(sessions.revokedAt, since));
  const revoke = build
    .update(sessions)
    .set(revokedSince(at))
    .where(and(eq(sessions.userId, userId), ne(sessions.id, id), isRecent, exists(findOwn)))
    .returning();
  return [findOwn, countVersion(and(eq(users.id, userId), exists(findOwn))), revoke] as const;
}
