import { and, eq, gte, sql, type SQLWrapper } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { sessions } from '../../tables/sessions.ts';
import { users } from '../../tables/users.ts';
import { type NeededLevel, reachesLevel } from './reaches-level.ts';
import { isLive, type SessionTerms } from './session-state.ts';

/** A refresh token that a client presents, the terms of its session, and the client's device. */
export type Rotation = SessionTerms &
  NeededLevel & {
    sessionId: string;
    generation: number;
    graceSeconds: number;
    idleTtlSeconds: number;
    addressPrefix: string | null;
    country: string | null;
    userAgent: string | null;
  };

/** How often a late retry is forgiven: once in this time. */
const FORGIVEN_ONCE_IN_MS = 86_400_000;

/**
 * Decides what a presented refresh token is, and acts on it, in one statement:
 *
 * - `rotated`: its generation is in force. The next generation takes its place.
 * - `repeated`: a retry, or another tab. Its generation is the previous one or the one in force, within the grace after
 *   the last rotation. Nothing changes. A session younger than the grace is rotated by the generation in force all the
 *   same, as long as no token has come twice. So within the grace after such a rotation, every earlier generation is a
 *   repeat.
 * - `late`: the response to the last rotation was lost. Its generation is the previous one, after the grace, and nobody
 *   has presented the next. This is forgiven once a day, and only to the user agent and country of the rotation. It is
 *   never forgiven for a generation that was issued more than once, because two clients may hold that.
 * - `reused`: any other earlier generation. Somebody has a copy, so the session is revoked.
 *
 * Returns the session afterwards. Returns nothing when the session is not alive, has not reached the generation, or needs
 * a second factor that it does not have: nothing is rotated then, so the token is good once the session has one.
 */
export const rotateSession = statement((given: Given<Rotation>) => {
  const { generation, at } = given;
  const graceMs = sql`(${given.graceSeconds} * 1000)`;

  const presented = build
    .select({
      id: sessions.id,
      kind: sql`CASE
          WHEN coalesce(${sessions.rotatedAt}, 0) > ${at} - ${graceMs} AND (
            ${sessions.generation} = ${generation} + 1
            OR (${sessions.generation} = ${generation}
              AND (${sessions.shared} OR ${sessions.startedAt} <= ${at} - ${graceMs}))
            OR (${sessions.generation} > ${generation} AND ${sessions.startedAt} > ${sessions.rotatedAt} - ${graceMs})
          ) THEN 'repeated'
          WHEN ${sessions.generation} = ${generation} THEN 'rotated'
          WHEN ${sessions.generation} = ${generation} + 1 AND NOT ${sessions.presented}
            AND ${sessions.userAgent} IS ${given.userAgent} AND ${sessions.country} IS ${given.country}
            AND coalesce(${sessions.lateAt}, 0) <= ${at} - ${FORGIVEN_ONCE_IN_MS}
            AND ${sessions.sharedGeneration} IS NOT ${generation}
          THEN 'late'
          ELSE 'reused' END`.as('kind'),
    })
    .from(sessions)
    .where(
      and(eq(sessions.id, given.sessionId), gte(sessions.generation, generation), isLive(given), reachesLevel(given)),
    )
    // Without a limit, SQLite would copy the decision to each place that asks for it. That doubles its time.
    .limit(1)
    .as('presented');
  const isRotated = sql`(${presented.kind} = 'rotated')`;
  const isReused = sql`${presented.kind} = 'reused'`;
  const whenUsed = (value: SQLWrapper, column: SQLWrapper) =>
    sql`CASE WHEN ${presented.kind} IN ('rotated', 'late') THEN ${value} ELSE ${column} END`;

  const idleEnd = sql`${at} + ${given.idleTtlSeconds} * 1000`;
  const absoluteEnd = sql`${sessions.startedAt} + ${given.absoluteTtlSeconds} * 1000`;
  return build
    .update(sessions)
    .set({
      generation: sql`${sessions.generation} + ${isRotated}`,
      presented: sql`NOT ${isRotated} AND (${sessions.presented} OR ${sessions.generation} = ${generation})`,
      shared: sql`${sessions.shared} OR ${sessions.generation} > ${generation}`,
      sharedGeneration: sql`CASE WHEN ${sessions.generation} > ${generation} THEN ${sessions.generation} ELSE ${sessions.sharedGeneration} END`,
      rotatedAt: whenUsed(at, sessions.rotatedAt),
      expiresAt: sql`CASE WHEN ${isReused} THEN ${at} ELSE ${whenUsed(sql`min(${idleEnd}, ${absoluteEnd})`, sessions.expiresAt)} END`,
      revokedAt: sql`CASE WHEN ${isReused} THEN ${at} END`,
      // A repeat in the same millisecond moves the time, so that it is not taken for the late retry.
      lateAt: sql`CASE WHEN ${presented.kind} = 'late' THEN ${at} ELSE ${sessions.lateAt} - (${sessions.lateAt} = ${at}) END`,
      addressPrefix: whenUsed(given.addressPrefix, sessions.addressPrefix),
      country: whenUsed(given.country, sessions.country),
      userAgent: whenUsed(given.userAgent, sessions.userAgent),
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
      startedAt: sessions.startedAt,
      amr: sessions.amr,
      authenticatedAt: sessions.authenticatedAt,
      admin: ofUser(users.admin).mapWith(users.admin),
      roles: ofUser(users.roles).mapWith(users.roles),
      claims: ofUser(users.claims).mapWith(users.claims),
      version: ofUser(users.version).mapWith(users.version),
      rightsVersion: ofUser(users.rightsVersion).mapWith(users.rightsVersion),
      // NULL stays null: no decoder sees it.
      emailVerifiedAt: ofUser(users.emailVerifiedAt).mapWith((at: number): Date | null => new Date(at)),
    });
});

/** A column of the user of the session. */
const ofUser = (column: SQLiteColumn) =>
  sql`(${build.select({ column }).from(users).where(eq(users.id, sessions.userId))})`;
