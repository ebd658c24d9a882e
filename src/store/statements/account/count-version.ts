import { type SQL, sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { users } from '../../tables/users.ts';

/**
 * Counts up the version of the user that `condition` selects, and returns it. Logins under a lower version then fail.
 */
export function countVersion(condition: SQL | undefined) {
  return build
    .update(users)
    .set({ version: sql`${users.version} + 1` })
    .where(condition)
    .returning({ version: users.version });
}
