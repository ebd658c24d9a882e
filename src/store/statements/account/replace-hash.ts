import { and, eq, sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { users } from '../../tables/users.ts';

/** Replaces the password hash of `userId`, if it is still `from`. */
export const replaceHash = statement(({ userId, from, to }: Given<{ userId: string; from: string; to: string }>) =>
  build
    .update(users)
    .set({ passwordHash: sql`${to}` })
    .where(and(eq(users.id, userId), eq(users.passwordHash, from))),
);
