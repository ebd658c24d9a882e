import { openRefreshToken, type RefreshTokenParts } from '../../crypto/refresh-token.ts';
import { Refusal } from '../../errors.ts';
import type { Deps } from '../deps.ts';
import { denylistTtl, type Device, issueTokens, type TokenSet } from './session.ts';
import { getSigningKeys } from '../key/signing-keys.ts';

type Powers = Pick<Deps, 'config' | 'now' | 'report' | 'sessions' | 'denylist'>;

/** For the log. The caller is told the same of every refresh token that is refused. */
const REUSED = 'a generation that had been used';

/**
 * New tokens for the session that `refreshToken` continues. One round trip: the statement in `store/statements/rotate-session.ts`
 * decides what the token is, also between simultaneous refreshes. Refuses a token that is neither in force nor a forgiven
 * retry with `invalid_refresh_token`. If it had been used before, the statement has revoked its session for good (RFC 9700,
 * section 4.14.2).
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
  if (session === undefined) {
    throw new Refusal('invalid_refresh_token', { reason: await findReason(deps, parts, at) });
  }
  const ids = { user_id: session.userId, session_id: session.id };
  if (session.revokedAt !== null) {
    deps.report({ event: 'refresh_token_reuse', ...ids });
    await deps.denylist.addSession(session.id, denylistTtl(config));
    throw new Refusal('invalid_refresh_token', { reason: REUSED });
  }
  // Two retries in one millisecond are reported twice.
  const isLate = session.generation > parts.generation && session.lateAt?.getTime() === at.getTime();
  if (isLate) deps.report({ event: 'refresh_token_late', ...ids });
  return issueTokens(session, session, at, config);
}

/** A request that has just revoked a session may still be writing to the denylist for so long. */
const STILL_WRITING_MS = 1000;

/** Why the session cannot be refreshed, for the log. If a reuse revoked it and its denylist entry is missing, adds the entry. */
async function findReason(deps: Powers, { sessionId, generation }: RefreshTokenParts, at: Date): Promise<string> {
  const row = await deps.sessions.findWithUser(sessionId);
  if (row === undefined) return 'no such session';
  const { session, user } = row;
  if (generation > session.generation) return 'a generation to come';
  if (session.revokedAt === null) return user.disabledAt === null ? 'session at its end' : 'disabled account';
  if (generation === session.generation) return 'revoked session';
  const ttlSeconds = denylistTtl(deps.config);
  const agoMs = at.getTime() - session.revokedAt.getTime();
  const needsEntry = agoMs > STILL_WRITING_MS && agoMs < ttlSeconds * 1000;
  const tokens = { id: session.id, userId: user.id, userVersion: user.version };
  if (needsEntry && !(await deps.denylist.has(tokens))) await deps.denylist.addSession(session.id, ttlSeconds);
  return REUSED;
}
