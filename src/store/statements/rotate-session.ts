import { and, eq, gte, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { isLive, type LiveTerms } from './live-session.ts';
import { sessions, users } from '../schema.ts';

/** A refresh token that is presented, on what terms, and from where. */
export type Rotation = LiveTerms & {
  sessionId: string;
  generation: number;
  graceSeconds: number;
  idleTtlSeconds: number;
  device: { addressPrefix: string | null; country: string | null; userAgent: string | null };
};

/** A late retry is forgiven once in this time. */
const FORGIVEN_ONCE_IN_MS = 86_400_000;

/**
 * The one statement of a refresh. It decides what the token is, and acts on it:
 *
 * - `rotated`: the generation in force. The next one takes its place.
 * - `repeated`: within the grace after the last rotation, the generation before, or again the one in force. Nothing changes: a
 *   retry, or another tab. A session younger than the grace is rotated by the one in force as well, as long as no token has
 *   come twice; so within the grace after such a rotation every earlier generation is a repeat.
 * - `late`: after the grace, the generation before, when nobody has presented its successor. The answer was lost. It is
 *   forgiven once in a day, where user agent and country are those of the rotation, and never for a token that was handed out
 *   more than once: two may hold it.
 * - `reused`: any other earlier generation. Somebody has a copy: the session is revoked.
 *
 * Returns the session as it is then. Returns nothing when the session is not alive, or never had the generation.
 */
export function rotateSession(database: Database, rotation: Rotation) {
  const { sessionId, generation, at, device } = rotation;
  const time = at.getTime();
  const graceMs = rotation.graceSeconds * 1000;

  const presented = database
    .select({
      id: sessions.id,
      kind: sql`CASE
          WHEN coalesce(${sessions.rotatedAt}, 0) > ${time - graceMs} AND (
            ${sessions.generation} = ${generation} + 1
            OR (${sessions.generation} = ${generation}
              AND (${sessions.shared} OR ${sessions.startedAt} <= ${time - graceMs}))
            OR (${sessions.generation} > ${generation} AND ${sessions.startedAt} > ${sessions.rotatedAt} - ${graceMs})
          ) THEN 'repeated'
          WHEN ${sessions.generation} = ${generation} THEN 'rotated'
          WHEN ${sessions.generation} = ${generation} + 1 AND NOT ${sessions.presented}
            AND ${sessions.userAgent} IS ${device.userAgent} AND ${sessions.country} IS ${device.country}
            AND coalesce(${sessions.lateAt}, 0) <= ${time - FORGIVEN_ONCE_IN_MS}
            AND ${sessions.sharedGeneration} IS NOT ${generation}
          THEN 'late'
          ELSE 'reused' END`.as('kind'),
    })
    .from(sessions)
    .where(and(eq(sessions.id, sessionId), gte(sessions.generation, generation), isLive(database, rotation)))
    .as('presented');
  const is = (...kinds: ('rotated' | 'repeated' | 'late' | 'reused')[]) => sql`(${presented.kind} IN ${kinds})`;
  const whenUsed = (value: unknown, column: unknown) =>
    sql`CASE WHEN ${is('rotated', 'late')} THEN ${value} ELSE ${column} END`;

  const end = sql`min(${time + rotation.idleTtlSeconds * 1000}, ${sessions.startedAt} + ${rotation.absoluteTtlSeconds * 1000})`;
  const ownUser = eq(users.id, sessions.userId);
  return database
    .update(sessions)
    .set({
      generation: sql`${sessions.generation} + ${is('rotated')}`,
      presented: sql`NOT ${is('rotated')} AND (${sessions.presented} OR ${sessions.generation} = ${generation})`,
      shared: sql`${sessions.shared} OR ${sessions.generation} > ${generation}`,
      sharedGeneration: sql`CASE WHEN ${sessions.generation} > ${generation} THEN ${sessions.generation} ELSE ${sessions.sharedGeneration} END`,
      rotatedAt: whenUsed(time, sessions.rotatedAt),
      expiresAt: sql`CASE WHEN ${is('reused')} THEN ${time} ELSE ${whenUsed(end, sessions.expiresAt)} END`,
      revokedAt: sql`CASE WHEN ${is('reused')} THEN ${time} END`,
      lateAt: sql`CASE WHEN ${is('late')} THEN ${time} ELSE ${sessions.lateAt} END`,
      addressPrefix: whenUsed(device.addressPrefix, sessions.addressPrefix),
      country: whenUsed(device.country, sessions.country),
      userAgent: whenUsed(device.userAgent, sessions.userAgent),
    })
    .from(presented)
    .where(eq(sessions.id, presented.id))
    .returning({
      id: sessions.id,
      userId: sessions.userId,
      generation: sessions.generation,
      expiresAt: sessions.expiresAt,
      revokedAt: sessions.revokedAt,
      lateAt: sessions.lateAt,
      admin: sql`(${database.select({ admin: users.admin }).from(users).where(ownUser)})`.mapWith(users.admin),
      version: sql`(${database.select({ version: users.version }).from(users).where(ownUser)})`.mapWith(users.version),
    });
}
