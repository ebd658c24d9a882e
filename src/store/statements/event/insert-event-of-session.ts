import { sql } from 'drizzle-orm';
import { type Given, statement } from '../../statement.ts';
import { sessions } from '../../tables/sessions.ts';
import { sessionState, type SessionTerms } from '../session/session-state.ts';
import { hasChanged, insertEventWhere, type NewEvent } from './insert-event.ts';

/**
 * Inserts an event about the session of the event, if it is live: of the user of the event, or of anybody if it has none.
 * It comes before the statement that revokes the session, which changes a revoked row too.
 */
export const insertEventOfLiveSession = statement(
  (given: Given<NewEvent & Pick<SessionTerms, 'absoluteTtlSeconds'>>) => {
    const { sessionId, userId } = given;
    return insertEventWhere(given, {
      userId: sql`${sessions.userId}`,
      from: sql`FROM ${sessions}`,
      where: sql`${sessions.id} = ${sessionId} AND (${userId} IS NULL OR ${sessions.userId} = ${userId})
        AND ${sessionState({ at: sql`${given.at}`, absoluteTtlSeconds: given.absoluteTtlSeconds })} = 'live'`,
    });
  },
);

/**
 * Inserts an event about the end of all sessions of its user but `ownId`, if `ownId` is not revoked and another one is
 * not either. It comes before the statement that revokes them, which changes revoked rows too.
 */
export const insertEventOfOtherSessions = statement((given: Given<NewEvent & { ownId: string }>) => {
  const { userId, ownId } = given;
  return insertEventWhere(given, {
    where: sql`EXISTS (SELECT 1 FROM sessions WHERE sessions.id = ${ownId} AND sessions.revoked_at IS NULL)
      AND EXISTS (SELECT 1 FROM sessions
        WHERE sessions.user_id = ${userId} AND sessions.id <> ${ownId} AND sessions.revoked_at IS NULL)`,
  });
});

/**
 * Inserts an event if `rotateSession`, the statement before it, has found a reuse or forgiven a late retry. It reads that
 * from the session of the event as it is by now. `generation` is the one that was presented.
 */
export const insertEventOfRotation = statement((given: Given<NewEvent & { generation: number }>) =>
  insertEventWhere(given, {
    type: sql`CASE WHEN sessions.revoked_at IS NULL THEN 'refresh_token_late' ELSE 'refresh_token_reuse' END`,
    userId: sql`sessions.user_id`,
    from: sql`FROM sessions`,
    where: sql`${hasChanged} AND sessions.id = ${given.sessionId} AND (sessions.revoked_at IS NOT NULL
      OR (sessions.late_at = ${given.at} AND sessions.generation > ${given.generation}))`,
  }),
);
