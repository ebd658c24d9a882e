import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { sessions } from '../../tables/sessions.ts';
import { users } from '../../tables/users.ts';
import { hasChanged } from '../event/insert-event.ts';

/**
 * A session as it begins, the version that its user had when the login began, and how the user authenticated (RFC 8176).
 */
export type NewSession = Pick<
  typeof sessions.$inferSelect,
  'id' | 'userId' | 'generation' | 'startedAt' | 'expiresAt' | 'addressPrefix' | 'country' | 'userAgent'
> & { userVersion: number; amr: readonly string[]; authenticatedAt: Date | null };

/** The session as the statement binds it: `amr` is JSON. */
type Row = Omit<NewSession, 'amr'> & { amr: string };

function insertWhere(session: Given<Row>, condition?: SQL) {
  const row = build
    .select({
      id: sql`${session.id}`.as('id'),
      userId: users.id,
      generation: sql`${session.generation}`.as('generation'),
      startedAt: sql`${session.startedAt}`.as('started_at'),
      expiresAt: sql`${session.expiresAt}`.as('expires_at'),
      revokedAt: sql`NULL`.as('revoked_at'),
      rotatedAt: sql`NULL`.as('rotated_at'),
      shared: sql`false`.as('shared'),
      presented: sql`false`.as('presented'),
      sharedGeneration: sql`NULL`.as('shared_generation'),
      lateAt: sql`NULL`.as('late_at'),
      endedVersion: sql`NULL`.as('ended_version'),
      addressPrefix: sql`${session.addressPrefix}`.as('address_prefix'),
      country: sql`${session.country}`.as('country'),
      userAgent: sql`${session.userAgent}`.as('user_agent'),
      amr: sql`${session.amr}`.as('amr'),
      authenticatedAt: sql`${session.authenticatedAt}`.as('authenticated_at'),
    })
    .from(users)
    .where(
      and(eq(users.id, session.userId), eq(users.version, session.userVersion), isNull(users.disabledAt), condition),
    );
  return build.insert(sessions).select(row).returning({ id: sessions.id });
}

const insert = statement((session: Given<Row>) => insertWhere(session));

const insertIfChanged = statement((session: Given<Row>) => insertWhere(session, hasChanged));

/**
 * Inserts the session if its user exists, is not disabled, and still has the version that the login began under. So a
 * login that is under way during a logout of all fails, however slow it is. Returns the id if inserted.
 */
export const insertSession = (session: NewSession) => insert(rowOf(session));

/** The same, if the statement before it in the batch has changed a row. */
export const insertSessionIfChanged = (session: NewSession) => insertIfChanged(rowOf(session));

const rowOf = (session: NewSession): Row => ({ ...session, amr: JSON.stringify(session.amr) });
