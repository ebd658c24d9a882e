import { and, eq } from 'drizzle-orm';
import { build } from '../build.ts';
import { users } from '../tables/users.ts';

/** Replaces the password hash of `userId`, if it is still `from`. */
export function replaceHash(userId: string, { from, to }: { from: string; to: string }) {
  return build
    .update(users)
    .set({ passwordHash: to })
    .where(and(eq(users.id, userId), eq(users.passwordHash, from)));
}
