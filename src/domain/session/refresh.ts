import { verifyRefreshToken, type RefreshTokenParts } from '../../crypto/refresh-token.ts';
import { Refusal, StorageFailure } from '../../errors.ts';
import type { SessionState, SessionTerms } from '../../store/statements/session/session-state.ts';
import type { Deps } from '../deps.ts';
import { needsSecondFactor } from '../factor/policy.ts';
import { getSigningKeys } from '../key/signing-keys.ts';
import { scopesOfUser } from '../key/user-scopes.ts';
import { grantScopes } from '../oauth/requested-scope.ts';
import { newEvent } from '../event/new-event.ts';
import type { DeliveryDeps } from '../mail/deliver.ts';
import { newNotice, sendAfterResponse } from '../mail/notice.ts';
import { denylistSession } from '../denylist.ts';
import { completeReuse } from '../revocation.ts';
import { type Device, issueTokens, type TokenSet } from './session.ts';

/** For the log only: the caller gets the same refusal for every refresh token that is refused. */
const REUSED = 'a generation that had been used';
const NO_FACTOR = 'a session without the second factor that its user needs';

const reasons: Record<SessionState, string> = {
  live: 'session in its last second',
  ended: 'session at its end',
  revoked: 'revoked session',
  disabled: 'disabled account',
};

/**
 * New tokens for the session of `refreshToken`. One round trip: the statement in `store/statements/session/rotate-session.ts`
 * decides what the token is, between simultaneous refreshes too. Refuses with `invalid_refresh_token` unless the token
 * is in force or a forgiven retry. Reuse revokes the session for good (RFC 9700, section 4.14.2). A session without a second
 * factor is refused when `SECOND_FACTOR` wants one of its user, and stays as it is: it may get one.
 *
 * With a `scope`, the access token has those scopes only. That takes one round trip more, because a refresh token must
 * stay unused when a scope is refused: `invalid_scope`.
 */
export async function refresh(
  deps: DeliveryDeps & Pick<Deps, 'note' | 'report' | 'trace' | 'sessions' | 'denylist' | 'afterResponse'>,
  refreshToken: string,
  device: Device,
  scope?: string,
): Promise<TokenSet> {
  const { config } = deps;
  const parts = await verifyRefreshToken(refreshToken, config.secretKey);
  if (parts === undefined) throw new Refusal('invalid_refresh_token', { reason: 'not a token of ours' });
  // Without keys there is no next token, so the one presented must stay unused.
  await getSigningKeys(config);

  const at = deps.now();
  const absoluteTtlSeconds = config.refreshAbsoluteTtlSeconds;
  const terms = {
    at,
    graceSeconds: config.refreshGraceSeconds,
    idleTtlSeconds: config.refreshIdleTtlSeconds,
    absoluteTtlSeconds,
    adminsNeedFactor: Number(needsSecondFactor(config, { admin: true })),
    othersNeedFactor: Number(needsSecondFactor(config, { admin: false })),
  };
  const scopes = scope === undefined ? undefined : await scopesFor(deps, parts.sessionId, scope, terms);
  // The statement says which of the two events it is, if it is one.
  const event = newEvent(deps, 'refresh_token_reuse', { sessionId: parts.sessionId });
  const session = await deps.sessions.rotate({ ...parts, ...device, ...terms }, event);
  if (session === undefined) {
    throw new Refusal('invalid_refresh_token', { reason: await findReason(deps, parts, { at, absoluteTtlSeconds }) });
  }
  const ids = { user_id: session.userId, session_id: session.id };
  if (session.revokedAt !== null) {
    deps.report({ event: 'refresh_token_reuse', ...ids });
    await Promise.all([denylistSession(deps, session.id), tellUser(deps, session.userId, at)]);
    throw new Refusal('invalid_refresh_token', { reason: REUSED });
  }
  const isLate = session.generation > parts.generation && session.lateAt?.getTime() === at.getTime();
  if (isLate) deps.report({ event: 'refresh_token_late', ...ids });
  // A role that was taken away since `scopesFor` has read the user takes its scopes with it.
  return issueTokens(session, session, at, config, scopes);
}

/** The scopes in `scope`, if the user of the session has them. Without a session there is none to refuse. */
async function scopesFor(
  { config, sessions }: Pick<Deps, 'config' | 'sessions'>,
  sessionId: string,
  scope: string,
  terms: SessionTerms,
): Promise<readonly string[]> {
  const row = await sessions.findWithUser(sessionId, terms);
  return row === undefined ? [] : grantScopes(scope, scopesOfUser(row.user.roles, config));
}

/**
 * Stores a notice that a session was revoked by a reuse. The statement that revokes it is on the way of every refresh, so
 * the notice is a round trip of its own, and is dropped when the database fails in between.
 */
async function tellUser(
  deps: DeliveryDeps & Pick<Deps, 'note' | 'afterResponse'>,
  userId: string,
  at: Date,
): Promise<void> {
  const notice = newNotice(deps, 'session_revoked', at);
  if (notice === undefined) return;
  try {
    await deps.outbox.add({ userId, ...notice });
    sendAfterResponse(deps, notice);
  } catch (error) {
    if (!(error instanceof StorageFailure)) throw error;
    deps.note('database out of reach: the notice of a revoked session was dropped');
  }
}

/** Why the session cannot be refreshed, for the log. Completes the revocation when the token has been used before. */
async function findReason(
  deps: Pick<Deps, 'config' | 'sessions' | 'denylist'>,
  { sessionId, generation }: RefreshTokenParts,
  terms: SessionTerms,
): Promise<string> {
  const row = await deps.sessions.findWithUser(sessionId, terms);
  if (row === undefined) return 'no such session';
  const { session, user, state } = row;
  const { revokedAt } = session;
  if (generation > session.generation) return 'a generation to come';
  if (state === 'live' && needsSecondFactor(deps.config, user) && !session.amr.includes('mfa')) return NO_FACTOR;
  if (revokedAt === null || generation === session.generation) return reasons[state];
  await completeReuse(deps, { ...session, revokedAt }, { userVersion: user.version, at: terms.at });
  return REUSED;
}
