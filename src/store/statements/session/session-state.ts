import { eq, isNotNull, type SQL, sql, type SQLWrapper } from 'drizzle-orm';
import type { Given } from '../../statement.ts';
import { sessions } from '../../tables/sessions.ts';
import { users } from '../../tables/users.ts';

/**
 * The state of a session: `disabled` when its user is disabled or gone, `ended` when its idle or absolute end is past.
 */
export type SessionState = 'live' | 'ended' | 'revoked' | 'disabled';

/** The time at which somebody asks for the state of a session, and how long a session may live in all. */
export type SessionTerms = { at: Date; absoluteTtlSeconds: number };

/** Whether a session is revoked. */
const isRevoked = isNotNull(sessions.revokedAt);

/** The state of a session. Every statement that asks whether a session is alive asks this expression. */
export function sessionState(
  { at, absoluteTtlSeconds }: Record<keyof SessionTerms, SQLWrapper>,
  revoked = isRevoked,
): SQL<SessionState> {
  const ownUser = sql`SELECT 1 FROM ${users} WHERE ${users.id} = ${sessions.userId} AND ${users.disabledAt} IS NULL`;
  return sql<SessionState>`CASE
    WHEN NOT EXISTS (${ownUser}) THEN 'disabled'
    WHEN ${revoked} THEN 'revoked'
    WHEN ${sessions.expiresAt} < ${at} THEN 'ended'
    WHEN ${sessions.startedAt} < ${at} - ${absoluteTtlSeconds} * 1000 THEN 'ended'
    ELSE 'live' END`;
}

/**
 * Whether a session lives for another second. Access tokens live for whole seconds, so with less there is none to
 * issue.
 */
export function isLive({ at, absoluteTtlSeconds }: Given<SessionTerms>): SQL {
  return eq(sessionState({ at: sql`${at} + 1000`, absoluteTtlSeconds }), 'live');
}
