import { and, eq } from 'drizzle-orm';
import { build } from '../build.ts';
import { sessions } from '../tables/sessions.ts';
import { revokedSince } from './revoked-since.ts';

/** A session of this user, and of nobody else. */
export type OwnId = { id: string; userId: string };

/** Revokes the session `id` of `userId` at `at`. Returns the id, or nothing when the user has no such session. */
export function revokeSessionOfUser({ id, userId }: OwnId, at: Date) {
  const isOwn = and(eq(sessions.id, id), eq(sessions.userId, userId));
  return build.update(sessions).set(revokedSince(at)).where(isOwn).returning({ id: sessions.id });
}
