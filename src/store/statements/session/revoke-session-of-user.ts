import { and, eq, sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { sessions } from '../../tables/sessions.ts';
import { revokedSince } from './revoked-since.ts';
import { sessionState, type SessionTerms } from './session-state.ts';

/** A session of this user, and of nobody else. */
export type OwnId = { id: string; userId: string };

/**
 * Revokes the session `id` of `userId` at `at`, and returns the state that it was in. Returns nothing when the user has
 * no such session. Two that revoke it in one millisecond both find it live.
 */
export const revokeSessionOfUser = statement((given: Given<OwnId & SessionTerms>) => {
  const { id, userId, at } = given;
  const wasRevoked = sql`${sessions.revokedAt} <> ${at}`;
  return build
    .update(sessions)
    .set(revokedSince(at))
    .where(and(eq(sessions.id, id), eq(sessions.userId, userId)))
    .returning({ state: sessionState(given, wasRevoked) });
});
