import { sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { sessions } from '../../tables/sessions.ts';
import { users } from '../../tables/users.ts';
import { factorColumns } from '../factor/factors-of-user.ts';
import { isLive, type SessionTerms } from '../session/session-state.ts';

const toDate = (at: number): Date | null => new Date(at);

/** Selects when somebody last logged in as the user `id`, and last failed to, how many sessions live, and the factors. */
export const findLastTimes = statement((given: Given<{ id: string } & SessionTerms>) => {
  const { id } = given;
  const lastOf = (types: string) => sql`(SELECT events.at FROM events WHERE events.user_id = ${id}
    AND events.type IN (${sql.raw(types)}) ORDER BY events.id DESC LIMIT 1)`;
  const lastSession = sql`(SELECT max(sessions.started_at) FROM sessions WHERE sessions.user_id = ${id})`;
  const live = build
    .select({ count: sql`count(*)` })
    .from(sessions)
    .where(sql`${sessions.userId} = ${id} AND ${isLive(given)}`);
  return build
    .select({
      lastLoginAt: sql`coalesce(${lastSession}, ${lastOf("'login', 'user_registered'")})`
        .mapWith(toDate)
        .as('last_login_at'),
      lastFailedAt: lastOf("'login_failed', 'factor_failed'").mapWith(toDate).as('last_failed_at'),
      liveSessions: sql<number>`(${live})`.as('live_sessions'),
      factors: factorColumns(sql`users.id`),
    })
    .from(users)
    .where(sql`users.id = ${id}`);
});
