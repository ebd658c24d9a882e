import { and, eq, exists, isNull, sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { sessions } from '../../tables/sessions.ts';
import { users } from '../../tables/users.ts';
import { countVersion } from '../account/count-version.ts';
import { revokedSince } from './revoked-since.ts';

/** A user as somebody has read it. */
export type UserVersion = { userId: string; version: number };

/**
 * Revokes all sessions of the user at `at`, if the user is not disabled and still has `version`. In the same batch a
 * later statement counts the version up, if it is still `version`. So of two such batches, one has no effect at all.
 */
export const revokeUnderVersion = statement(({ userId, version, at }: Given<UserVersion & { at: Date }>) => {
  const user = build
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, userId), eq(users.version, version), isNull(users.disabledAt)));
  return build
    .update(sessions)
    .set({ ...revokedSince(at), endedVersion: sql`${version} + 1` })
    .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt), exists(user)));
});

/** Counts up the version of the user, if the user is not disabled and still has `version`. Returns the new one. */
export const countUnderVersion = statement(({ userId, version }: Given<UserVersion>) =>
  countVersion(and(eq(users.id, userId), eq(users.version, version), isNull(users.disabledAt))),
);
