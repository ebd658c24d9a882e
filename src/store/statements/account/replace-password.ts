import { and, eq, isNull, sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { users } from '../../tables/users.ts';
import type { UserVersion } from '../session/revoke-under-version.ts';

/**
 * Replaces the password hash of the user and counts up the version, if the user is not disabled and still has `version`.
 * Returns the id if so. A login may rehash the former password meanwhile: that is no change.
 */
export const replacePassword = statement(({ userId, version, hash }: Given<UserVersion & { hash: string }>) =>
  build
    .update(users)
    .set({ passwordHash: sql`${hash}`, version: sql`${users.version} + 1` })
    .where(and(eq(users.id, userId), eq(users.version, version), isNull(users.disabledAt)))
    .returning({ id: users.id }),
);
