import { openRefreshToken, type RefreshTokenParts } from '../crypto/refresh-token.ts';
import { Refusal } from '../errors.ts';
import type { Session } from '../store/sessions.ts';
import type { Deps } from './deps.ts';
import { type Device, isInGrace, issueTokens, listingSeconds, type TokenSet } from './session.ts';
import { getSigningKeys } from './signing-keys.ts';

type Powers = Pick<Deps, 'config' | 'now' | 'report' | 'sessions' | 'denylist'>;

/**
 * New tokens for the session that `refreshToken` continues. One round trip: the statement in `store/rotate-session.ts`
 * decides between simultaneous refreshes, and answers a repeated one with the refresh token in force. Refuses everything
 * else with `invalid_refresh_token`; when the token has been used and its grace is over, the session is revoked for good
 * (RFC 9700, section 4.14.2).
 */
export async function refresh(deps: Powers, refreshToken: string, device: Device): Promise<TokenSet> {
  const { config } = deps;
  const parts = await openRefreshToken(refreshToken, config.secretKey);
  if (parts === undefined) throw new Refusal('invalid_refresh_token', { reason: 'not a token of ours' });
  // A token is not used up for a session that could not be given the next one.
  await getSigningKeys(config);

  const at = deps.now();
  const session = await deps.sessions.rotate({
    ...parts,
    at,
    device,
    graceSeconds: config.refreshGraceSeconds,
    idleTtlSeconds: config.refreshIdleTtlSeconds,
    absoluteTtlSeconds: config.refreshAbsoluteTtlSeconds,
  });
  if (session !== undefined) return issueTokens(session, session, at, config);
  throw new Refusal('invalid_refresh_token', { reason: await findReason(deps, parts, at) });
}

/** Why nothing was rotated, for the log. What is found to be a reuse is acted upon. */
async function findReason(deps: Powers, { sessionId, generation }: RefreshTokenParts, at: Date): Promise<string> {
  const row = await deps.sessions.findWithUser(sessionId);
  if (row === undefined) return 'no such session';
  const { session, user } = row;
  if (generation > session.generation) return 'a generation to come';
  if (generation < session.generation && !isInGrace(session, generation, at, deps.config)) {
    await endReused(deps, session, at);
    return 'a generation that had been used';
  }
  if (session.revokedAt !== null) return 'revoked session';
  return user.disabledAt === null ? 'session at its end' : 'disabled account';
}

/** Ends the session. One that has been ended just before is listed, if that is what had failed. */
async function endReused(deps: Powers, { id, userId, startedAt, revokedAt }: Session, at: Date): Promise<void> {
  const ttlSeconds = listingSeconds(deps.config, at);
  if (revokedAt === null) {
    const isFirst = await deps.sessions.revoke(id, at);
    if (!isFirst) return;
    deps.report({ event: 'refresh_token_reuse', user_id: userId, session_id: id });
  } else {
    const isLongAgo = revokedAt.getTime() <= at.getTime() - ttlSeconds * 1000;
    if (isLongAgo || (await deps.denylist.has({ id, userId, startedAt }))) return;
  }
  await deps.denylist.addSession(id, ttlSeconds);
}
