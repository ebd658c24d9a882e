import { type RevocationDeps, revokeSession } from '../revocation.ts';
import { revokeRefreshToken } from '../session/revoke-refresh-token.ts';
import { isAboutToken, readClaims } from '../session/verify.ts';

/**
 * Revokes the session of `token`: an access token, expired or not, or a refresh token of any generation. Does nothing
 * for anything else (RFC 7009, section 2.2). Rejects with `StorageFailure` unless database and denylist have recorded
 * it.
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
