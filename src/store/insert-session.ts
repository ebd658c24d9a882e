import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { sessions, users } from './schema.ts';

/** A session as it begins. */
export type NewSession = Omit<typeof sessions.$inferSelect, 'revokedAt' | 'rotatedAt' | 'shared'>;

/** The statement that inserts `session` on condition that its user exists and is not disabled. */
export function insertSession(database: Database, session: NewSession) {
  const row = database
    .select({
      id: sql`${session.id}`.as('id'),
      userId: users.id,
      generation: sql`${session.generation}`.as('generation'),
      startedAt: sql`${sql.param(session.startedAt, sessions.startedAt)}`.as('started_at'),
      expiresAt: sql`${sql.param(session.expiresAt, sessions.expiresAt)}`.as('expires_at'),
      revokedAt: sql`NULL`.as('revoked_at'),
      rotatedAt: sql`NULL`.as('rotated_at'),
      shared: sql`false`.as('shared'),
      addressPrefix: sql`${session.addressPrefix}`.as('address_prefix'),
      country: sql`${session.country}`.as('country'),
      userAgent: sql`${session.userAgent}`.as('user_agent'),
    })
    .from(users)
    .where(and(eq(users.id, session.userId), isNull(users.disabledAt)));
  return database.insert(sessions).select(row).returning({ id: sessions.id });
}
