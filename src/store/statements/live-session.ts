import { and, eq, exists, gte, isNull, type SQL } from 'drizzle-orm';
import { build } from '../build.ts';
import { sessions } from '../tables/sessions.ts';
import { users } from '../tables/users.ts';

/** When somebody asks whether a session is alive, and how long a session may live in all. */
export type LiveTerms = { at: Date; absoluteTtlSeconds: number };

/**
 * Whether a session is alive: not revoked, before its idle end and its absolute end, and its user there and not disabled.
 * A session in its last second counts as over: access tokens live for whole seconds, and none is left.
 */
export function isLive({ at, absoluteTtlSeconds }: LiveTerms): SQL | undefined {
  const soon = at.getTime() + 1000;
  const user = build.select({ id: users.id }).from(users);
  return and(
    isNull(sessions.revokedAt),
    gte(sessions.expiresAt, new Date(soon)),
    gte(sessions.startedAt, new Date(soon - absoluteTtlSeconds * 1000)),
    exists(user.where(and(eq(users.id, sessions.userId), isNull(users.disabledAt)))),
  );
}
