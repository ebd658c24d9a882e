import { and, type Column, eq, exists, gt, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { sessions, users } from './schema.ts';

/** A refresh token that is presented at `at`, on what terms, and from where. */
export type Rotation = {
  sessionId: string;
  generation: number;
  at: Date;
  graceSeconds: number;
  idleTtlSeconds: number;
  absoluteTtlSeconds: number;
  device: { addressPrefix: string | null; country: string | null; userAgent: string | null };
};

/**
 * The one statement of a refresh. The generation in force is followed by the next. The one before, within the grace after
 * its rotation, is a repeat, which changes nothing but `shared`. So is the one in force, for as long, so that no token falls
 * two behind while slower tabs still come with it; but for a session that has just begun and whose tokens nobody else has.
 * Returns the session as it is then, or nothing: it is over, its user is gone or disabled, or the generation is another.
 */
export function rotateSession(database: Database, rotation: Rotation) {
  const { sessionId, generation, at, device } = rotation;
  const time = at.getTime();
  const graceAgo = new Date(time - rotation.graceSeconds * 1000);
  const isInForce = eq(sessions.generation, generation);
  const isBefore = eq(sessions.generation, generation + 1);
  const mayBeShared = or(sessions.shared, lte(sessions.startedAt, graceAgo));
  const isRepeat = and(gt(sessions.rotatedAt, graceAgo), or(isBefore, and(isInForce, mayBeShared)));
  const unlessRepeat = (value: SQL, column: Column) => sql`CASE WHEN ${isRepeat} THEN ${column} ELSE ${value} END`;

  const isLive = and(
    isNull(sessions.revokedAt),
    gt(sessions.expiresAt, at),
    gt(sessions.startedAt, new Date(time - rotation.absoluteTtlSeconds * 1000)),
  );
  const user = database.select({ admin: users.admin }).from(users).where(eq(users.id, sessions.userId));
  const isUserEnabled = exists(
    database
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.id, sessions.userId), isNull(users.disabledAt))),
  );
  const idleEnd = time + rotation.idleTtlSeconds * 1000;
  const absoluteEnd = sql`${sessions.startedAt} + ${rotation.absoluteTtlSeconds * 1000}`;

  return database
    .update(sessions)
    .set({
      generation: unlessRepeat(sql`${generation + 1}`, sessions.generation),
      rotatedAt: unlessRepeat(sql`${time}`, sessions.rotatedAt),
      expiresAt: unlessRepeat(sql`min(${idleEnd}, ${absoluteEnd})`, sessions.expiresAt),
      shared: sql`${sessions.shared} OR ${isBefore}`,
      addressPrefix: unlessRepeat(sql`${device.addressPrefix}`, sessions.addressPrefix),
      country: unlessRepeat(sql`${device.country}`, sessions.country),
      userAgent: unlessRepeat(sql`${device.userAgent}`, sessions.userAgent),
    })
    .where(and(eq(sessions.id, sessionId), or(isInForce, isRepeat), isLive, isUserEnabled))
    .returning({
      id: sessions.id,
      userId: sessions.userId,
      generation: sessions.generation,
      expiresAt: sessions.expiresAt,
      admin: sql`(${user})`.mapWith(users.admin),
    });
}
