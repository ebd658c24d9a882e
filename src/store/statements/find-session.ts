import { eq, getTableColumns } from 'drizzle-orm';
import { build } from '../build.ts';
import { sessions } from '../tables/sessions.ts';
import { users } from '../tables/users.ts';

const { passwordHash: _, ...account } = getTableColumns(users);

/** Selects the session `id` and its user, whatever their state. */
export function findSession(id: string) {
  return build
    .select({ session: sessions, user: account })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(eq(sessions.id, id));
}
