import { and, eq } from 'drizzle-orm';
import { build } from '../build.ts';
import { sessions } from '../tables/sessions.ts';
import { revokedSince } from './revoked-since.ts';

/** A session of this user, and of nobody else. */
export type OwnId = { id: string; userId: string };

/** Revokes the session `id` at `at`, if it is a session of `userId` where that is given. Returns the id if there is one. */
export function revokeSession({ id, userId }: { id: string; userId?: string }, at: Date) {
  const isOwn = userId === undefined ? undefined : eq(sessions.userId, userId);
  return build
    .update(sessions)
    .set(revokedSince(at))
    .where(and(eq(sessions.id, id), isOwn))
    .returning({ id: sessions.id });
}
