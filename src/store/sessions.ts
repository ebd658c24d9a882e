import {
  and,
  desc,
  eq,
  exists,
  getTableColumns,
  gt,
  inArray,
  isNull,
  lte,
  max,
  ne,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { type Database, query } from './database.ts';
import { isLive, type LiveTerms } from './statements/live-session.ts';
import { type Rotation, rotateSession } from './statements/rotate-session.ts';
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

    /** The live sessions of a user, newest first, the first `limit` of them. */
    async listLive(userId: string, terms: LiveTerms, limit: number): Promise<Session[]> {
      const isOwnLive = and(eq(sessions.userId, userId), isLive(database, terms));
      const newestFirst = desc(sessions.startedAt);
      return query(
        database,
        database.select().from(sessions).where(isOwnLive).orderBy(newestFirst, desc(sessions.id)).limit(limit),
      );
    },

    /** Takes a refresh token for what it is: see `rotateSession`. */
    async rotate(rotation: Rotation) {
      const [session] = await query(database, rotateSession(database, rotation));
      return session;
    },

    /** Marks the session `id` revoked since `at`. `false` when it was so already, or does not exist. */
    async revoke(id: string, at: Date): Promise<boolean> {
      const isUnrevoked = and(eq(sessions.id, id), isNull(sessions.revokedAt));
      const update = database.update(sessions).set(revokedSince(at)).where(isUnrevoked);
      return (await query(database, update.returning({ id: sessions.id }))).length === 1;
    },

    /** Marks the session `id` revoked since `at` or before. `false`, and nothing done, when `userId` has no such session. */
    async revokeOwn({ id, userId }: OwnId, at: Date): Promise<boolean> {
      const isOwn = and(eq(sessions.id, id), eq(sessions.userId, userId));
      const update = database.update(sessions).set(revokedSince(at)).where(isOwn);
      return (await query(database, update.returning({ id: sessions.id }))).length === 1;
    },

    /**
     * Marks all sessions of `userId` revoked since `at`, and counts the user's version up, so that no login that is under way
     * comes out alive. Returns the new version, which those sessions are left with as `endedVersion`: access tokens that carry a
     * lower one are theirs. `undefined` when there is no such user any more.
     */
    async revokeAll(userId: string, at: Date): Promise<number | undefined> {
      const isUnrevoked = and(eq(sessions.userId, userId), isNull(sessions.revokedAt));
      const version = database.select({ version: users.version }).from(users).where(eq(users.id, userId));
      const ended = { ...revokedSince(at), endedVersion: sql`(${version})` };
      const revoke = database.update(sessions).set(ended).where(isUnrevoked);
      const [[user]] = await query(database, database.batch([nextVersion(database, eq(users.id, userId)), revoke]));
      return user?.version;
    },

    /** The highest version that a logout of all has counted up to and left with sessions of `userId`, if there was one. */
    async findEndedVersion(userId: string): Promise<number | undefined> {
      const highest = database.select({ version: max(sessions.endedVersion) }).from(sessions);
      const [row] = await query(database, highest.where(eq(sessions.userId, userId)));
      return row?.version ?? undefined;
    },

    /**
     * Marks all sessions of `userId` but `id` revoked since `at`, counts the user's version up as `revokeAll` does, and returns
     * those sessions, with those that have been revoked since `since`. Returns nothing, and does nothing, when `id` itself is revoked: of two sessions that end each other, one wins.
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
      const count = nextVersion(database, and(eq(users.id, userId), exists(findOwn)));
      const [found, , others] = await query(database, database.batch([findOwn, count, update]));
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

/** The statement that counts up the version of the user who `isMeant`. */
const nextVersion = (database: Database, isMeant: SQL | undefined) =>
  database
    .update(users)
    .set({ version: sql`${users.version} + 1` })
    .where(isMeant)
    .returning({ version: users.version });

/** What is revoked has ended, and since the first time that it was. */
function revokedSince(at: Date) {
  const time = at.getTime();
  return {
    revokedAt: sql`coalesce(${sessions.revokedAt}, ${time})`,
    expiresAt: sql`min(${sessions.expiresAt}, ${time})`,
  };
}
