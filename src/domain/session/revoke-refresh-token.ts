import { verifyRefreshToken } from '../../crypto/refresh-token.ts';
import { type RevocationDeps, revokeSession } from '../revocation.ts';

/**
 * Revokes the session of `refreshToken`, even when it is revoked already: that completes a revocation that failed
 * halfway. Returns `false`, and does nothing, when it is not a refresh token of ours. Rejects with `StorageFailure`
 * unless database and denylist have recorded it.
 */
export async function revokeRefreshToken(deps: RevocationDeps, refreshToken: string): Promise<boolean> {
  const parts = await verifyRefreshToken(refreshToken, deps.config.secretKey);
  if (parts !== undefined) await revokeSession(deps, parts.sessionId);
  return parts !== undefined;
}
