import { eq, getTableColumns } from 'drizzle-orm';
import { build } from '../build.ts';
import { sessions } from '../tables/sessions.ts';
import { users } from '../tables/users.ts';
import { sessionState, type SessionTerms } from './session-state.ts';

const { passwordHash: _, ...account } = getTableColumns(users);

/** Selects the session `id`, its user and its state. */
export function findSession(id: string, terms: SessionTerms) {
  return build
    .select({ session: sessions, user: account, state: sessionState(terms).as('state') })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(eq(sessions.id, id));
}
