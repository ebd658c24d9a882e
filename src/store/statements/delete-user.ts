import { and, eq, isNull, notExists } from 'drizzle-orm';
import { build } from '../build.ts';
import { type Given, statement } from '../statement.ts';
import { sessions } from '../tables/sessions.ts';
import { users } from '../tables/users.ts';

/**
 * Deletes the user, with sessions and challenges, if all of the sessions are revoked and nothing has counted up the
 * version since. Returns the id if deleted.
 */
export const deleteUser = statement(({ userId, version }: Given<{ userId: string; version: number }>) => {
  const unrevoked = build
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt)));
  return build
    .delete(users)
    .where(and(eq(users.id, userId), eq(users.version, version), notExists(unrevoked)))
    .returning({ id: users.id });
});
