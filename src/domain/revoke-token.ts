import { openRefreshToken } from '../crypto/refresh-token.ts';
import type { Deps } from './deps.ts';
import { endSession, listingSeconds } from './session.ts';
import { isAboutToken, readClaims } from './verify.ts';

/**
 * Ends the session that `token` belongs to, an access token in force or any refresh token that it has had; what is neither
 * belongs to none (RFC 7009, section 2.2). Rejects with `StorageFailure` when that could not be recorded.
 */
export async function revokeToken(
  deps: Pick<Deps, 'config' | 'now' | 'sessions' | 'denylist'>,
  token: string,
): Promise<void> {
  const at = deps.now();
  const session = await findSession(deps, token, at);
  if (session === undefined) return;
  await endSession(deps, { id: session.sid, at, ttlSeconds: listingSeconds(deps.config, at, session.exp) });
}

async function findSession({ config }: Pick<Deps, 'config'>, token: string, at: Date) {
  const parts = await openRefreshToken(token, config.secretKey);
  if (parts !== undefined) return { sid: parts.sessionId, exp: 0 };
  try {
    return await readClaims(token, config, at);
  } catch (error) {
    if (isAboutToken(error)) return undefined;
    throw error;
  }
}
