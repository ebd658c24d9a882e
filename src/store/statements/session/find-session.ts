import { eq, getTableColumns } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { sessions } from '../../tables/sessions.ts';
import { users } from '../../tables/users.ts';
import { hasFactor } from '../factor/has-factor.ts';
import { sessionState, type SessionTerms } from './session-state.ts';

const { id, userId, generation, revokedAt, amr } = getTableColumns(sessions);
const { passwordHash: _, ...account } = getTableColumns(users);

/** Selects the session `id`, its user, its state, and whether the user has a second factor. */
export const findSession = statement((given: Given<{ id: string } & SessionTerms>) =>
  build
    .select({
      session: { id, userId, generation, revokedAt, amr },
      user: account,
      state: sessionState(given).as('state'),
      hasFactor: hasFactor(users.id).as('has_factor'),
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(eq(sessions.id, given.id)),
);
