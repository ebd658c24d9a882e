import { and, eq, getTableColumns, isNull, sql } from 'drizzle-orm';
import { type Database, query } from './database.ts';
import { sessions, users } from './schema.ts';

export type Session = typeof sessions.$inferSelect;
export type NewSession = Omit<Session, 'revokedAt'>;
export type Sessions = ReturnType<typeof createSessions>;

/** A password hash to be put in the place of another. */
export type Rehash = { from: string; to: string };

/** The sessions table. Every method is one round trip, and rejects with `StorageFailure`. */
export function createSessions(database: Database) {
  return {
    /**
     * Stores `session` if its user still exists and is not disabled, and in the same batch replaces the password hash,
     * unless another login has done so already. `false` when there was no such user to log in.
     */
    async open(session: NewSession, rehash?: Rehash): Promise<boolean> {
      const insert = insertSession(database, session);
      if (rehash === undefined) return (await query(insert)).length === 1;
      const isUnchanged = and(eq(users.id, session.userId), eq(users.passwordHash, rehash.from));
      const update = database.update(users).set({ passwordHash: rehash.to }).where(isUnchanged);
      const [opened] = await query(database.batch([insert, update]));
      return opened.length === 1;
    },

    /** The session `id` and its user, in whatever state they are. */
    async findWithUser(id: string) {
      const joined = database
        .select({ session: sessions, user: account })
        .from(sessions)
        .innerJoin(users, eq(users.id, sessions.userId));
      const [row] = await query(joined.where(eq(sessions.id, id)));
      return row;
    },

    /** Marks the session `id` revoked since `at`, unless it is revoked already. */
    async revoke(id: string, at: Date): Promise<void> {
      const isLive = and(eq(sessions.id, id), isNull(sessions.revokedAt));
      await query(database.update(sessions).set({ revokedAt: at }).where(isLive));
    },
  };
}

const { passwordHash: _, ...account } = getTableColumns(users);

/** The statement that inserts `session` on condition that its user exists and is not disabled. */
export function insertSession(database: Database, { id, userId, generation, startedAt, expiresAt }: NewSession) {
  const row = database
    .select({
      id: sql`${id}`.as('id'),
      userId: users.id,
      generation: sql`${generation}`.as('generation'),
      startedAt: sql`${sql.param(startedAt, sessions.startedAt)}`.as('started_at'),
      expiresAt: sql`${sql.param(expiresAt, sessions.expiresAt)}`.as('expires_at'),
      revokedAt: sql`NULL`.as('revoked_at'),
    })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.disabledAt)));
  return database.insert(sessions).select(row).returning({ id: sessions.id });
}
