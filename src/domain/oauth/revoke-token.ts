import { verifyRefreshToken } from '../../crypto/refresh-token.ts';
import { type RevocationDeps, revokeSession } from '../revocation.ts';
import { isAboutToken, readClaims } from '../session/verify.ts';

/**
 * Revokes the session of `token`: an access token, expired or not, or a refresh token of any generation. Does nothing for
 * anything else (RFC 7009, section 2.2). Rejects with `StorageFailure` unless database and denylist have recorded it.
 */
export async function revokeToken(deps: RevocationDeps, token: string): Promise<void> {
  if (await revokeRefreshToken(deps, token)) return;
  try {
    const { sid } = await readClaims(token, deps.config, { now: deps.now(), mayBeExpired: true });
    await revokeSession(deps, sid);
  } catch (error) {
    if (!isAboutToken(error)) throw error;
  }
}

/**
 * Revokes the session of `refreshToken`, even when it is revoked already: that completes a revocation that failed halfway.
 * Returns `false`, and does nothing, when it is not a refresh token of ours. Rejects with `StorageFailure` as `revokeToken` does.
 */
export async function revokeRefreshToken(deps: RevocationDeps, refreshToken: string): Promise<boolean> {
  const parts = await verifyRefreshToken(refreshToken, deps.config.secretKey);
  if (parts !== undefined) await revokeSession(deps, parts.sessionId);
  return parts !== undefined;
}
