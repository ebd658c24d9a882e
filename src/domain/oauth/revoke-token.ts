import { verifyRefreshToken } from '../../crypto/refresh-token.ts';
import { type RevocationDeps, revokeSession } from '../revocation.ts';
import { isAboutToken, readClaims } from '../session/verify.ts';

/**
 * Ends the session that `token` belongs to: an access token, expired or not, or any refresh token that the session has had.
 * Anything else belongs to none (RFC 7009, section 2.2). Rejects with `StorageFailure` when that could not be recorded.
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
 * Ends the session that `refreshToken` continues. `false`, and nothing done, when it is not a refresh token of ours. A session
 * that is over is ended again, which completes what had failed. Rejects with `StorageFailure` as above.
 */
export async function revokeRefreshToken(deps: RevocationDeps, refreshToken: string): Promise<boolean> {
  const parts = await verifyRefreshToken(refreshToken, deps.config.secretKey);
  if (parts !== undefined) await revokeSession(deps, parts.sessionId);
  return parts !== undefined;
}
