import { and, eq, sql } from 'drizzle-orm';
import { build } from '../build.ts';
import { type Given, statement } from '../statement.ts';
import { sessions } from '../tables/sessions.ts';
import type { OwnId } from './revoke-session-of-user.ts';
import { type SessionState, sessionState, type SessionTerms } from './session-state.ts';

/**
 * Revokes the session `id` of `userId` at `at` if it is live, and returns the state that it found. Returns nothing when
 * the user has no such session. Of two that come in one millisecond, both find the session live.
 */
export const endSession = statement((given: Given<OwnId & SessionTerms>) => {
  const { id, userId, at } = given;
  const whenLive = (value: unknown, column: unknown) =>
    sql`CASE WHEN ${sessionState(given)} = 'live' THEN ${value} ELSE ${column} END`;
  return build
    .update(sessions)
    .set({
      revokedAt: whenLive(at, sessions.revokedAt),
      expiresAt: whenLive(at, sessions.expiresAt),
    })
    .where(and(eq(sessions.id, id), eq(sessions.userId, userId)))
    .returning({
      state: sql<SessionState>`CASE WHEN ${sessions.revokedAt} = ${at} THEN 'live' ELSE ${sessionState(given)} END`,
    });
});
