import { and, desc, eq, exists, getTableColumns, gt, inArray, isNull, lte, ne, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { type Database, query } from './database.ts';
import { type Rotation, rotateSession } from './rotate-session.ts';
import { sessions, users } from './schema.ts';

export type Session = typeof sessions.$inferSelect;
export type Sessions = ReturnType<typeof createSessions>;

/** A session of this user, and of nobody else. */
export type OwnId = { id: string; userId: string };

/** The sessions table. Every method is one round trip, and rejects with `StorageFailure`. */
export function createSessions(database: Database) {
  return {
    /** The session `id` and its user, in whatever state they are. */
    async findWithUser(id: string) {
      const joined = database
        .select({ session: sessions, user: account })
        .from(sessions)
        .innerJoin(users, eq(users.id, sessions.userId));
      const [row] = await query(database, joined.where(eq(sessions.id, id)));
      return row;
    },

    /** Those sessions of a user that live at `at`, newest first, the first `limit` of them. */
    async listLive(userId: string, at: Date, limit: number): Promise<Session[]> {
      const isLive = and(eq(sessions.userId, userId), isNull(sessions.revokedAt), gt(sessions.expiresAt, at));
      const newestFirst = desc(sessions.startedAt);
      return query(
        database,
        database.select().from(sessions).where(isLive).orderBy(newestFirst, desc(sessions.id)).limit(limit),
      );
    },

    /** Rotates a session's refresh token, or finds out that it has been: see `rotateSession`. */
    async rotate(rotation: Rotation) {
      const [session] = await query(database, rotateSession(database, rotation));
      return session;
    },

    /** Marks the session `id` revoked since `at`. `false` when it was so already, or does not exist. */
    async revoke(id: string, at: Date): Promise<boolean> {
      const isLive = and(eq(sessions.id, id), isNull(sessions.revokedAt));
      const update = database.update(sessions).set(revokedSince(at)).where(isLive);
      return (await query(database, update.returning({ id: sessions.id }))).length === 1;
    },

    /** Marks the session `id` revoked since `at` or before. `false`, and nothing done, when `userId` has no such session. */
    async revokeOwn({ id, userId }: OwnId, at: Date): Promise<boolean> {
      const isOwn = and(eq(sessions.id, id), eq(sessions.userId, userId));
      const update = database.update(sessions).set(revokedSince(at)).where(isOwn);
      return (await query(database, update.returning({ id: sessions.id }))).length === 1;
    },

    /** Marks all sessions of `userId` that began until `until` revoked since then. */
    async revokeAll(userId: string, until: Date): Promise<void> {
      const isLive = and(eq(sessions.userId, userId), isNull(sessions.revokedAt), lte(sessions.startedAt, until));
      await query(database, database.update(sessions).set(revokedSince(until)).where(isLive));
    },

    /**
     * Marks all sessions of `userId` but `id` revoked since `at`, and returns those, with those that have been so since
     * `since`. Returns nothing, and does nothing, when `id` itself is revoked: of two sessions that end each other, one wins.
     */
    async revokeOthers(
      { id, userId }: OwnId,
      { at, since }: { at: Date; since: Date },
    ): Promise<Session[] | undefined> {
      const own = alias(sessions, 'own');
      const isOwnLive = and(eq(own.id, id), isNull(own.revokedAt));
      const findOwn = database.select({ id: own.id }).from(own).where(isOwnLive);
      const isRecent = or(isNull(sessions.revokedAt), gt(sessions.revokedAt, since));
      const isOther = and(eq(sessions.userId, userId), ne(sessions.id, id), isRecent, exists(findOwn));
      const update = database.update(sessions).set(revokedSince(at)).where(isOther).returning();
      const [found, others] = await query(database, database.batch([findOwn, update]));
      return found.length === 1 ? others : undefined;
    },

    /** Deletes up to `limit` sessions that ended at `endedAt` or before, and tells how many. */
    async deleteEnded(endedAt: Date, limit: number): Promise<number> {
      const ended = database.select({ id: sessions.id }).from(sessions).where(lte(sessions.expiresAt, endedAt));
      const deletion = database.delete(sessions).where(inArray(sessions.id, ended.limit(limit)));
      return (await query(database, deletion.returning({ id: sessions.id }))).length;
    },
  };
}

const { passwordHash: _, ...account } = getTableColumns(users);

/** What is revoked has ended, and since the first time that it was. */
function revokedSince(at: Date) {
  const time = at.getTime();
  return {
    revokedAt: sql`coalesce(${sessions.revokedAt}, ${time})`,
    expiresAt: sql`min(${sessions.expiresAt}, ${time})`,
  };
}
