import type { Config } from '../config.ts';
import { type AccessTokenClaims, signAccessToken } from '../crypto/access-token.ts';
import { sealRefreshToken } from '../crypto/refresh-token.ts';
import type { NewSession } from '../store/sessions.ts';
import type { Deps } from './deps.ts';
import { getSigningKeys } from './signing-keys.ts';

/** What a client gets to carry. Lives are in seconds from now. */
export type TokenSet = {
  accessToken: string;
  expiresInSeconds: number;
  refreshToken: string;
  refreshExpiresInSeconds: number;
};

/** A session that begins `now`, with the first generation of its refresh token. */
export function newSession(userId: string, now: Date, config: Config): NewSession {
  const expiresAt = new Date(now.getTime() + config.refreshIdleTtlSeconds * 1000);
  return { id: crypto.randomUUID(), userId, generation: 0, startedAt: now, expiresAt };
}

/** The access token and the refresh token of `session` for its user, as of `now`. Stores nothing. */
export async function issueTokens(
  session: NewSession,
  user: { admin: boolean },
  now: Date,
  config: Config,
): Promise<TokenSet> {
  const keys = await getSigningKeys(config);
  const iat = Math.floor(now.getTime() / 1000);
  const claims = {
    sub: session.userId,
    sid: session.id,
    jti: crypto.randomUUID(),
    iat,
    exp: iat + config.accessTokenTtlSeconds,
    admin: user.admin,
  };
  return {
    accessToken: await signAccessToken(claims, config, keys),
    expiresInSeconds: config.accessTokenTtlSeconds,
    refreshToken: await sealRefreshToken({ sessionId: session.id, generation: session.generation }, config.secretKey),
    refreshExpiresInSeconds: config.refreshIdleTtlSeconds,
  };
}

/**
 * Revokes the session of `claims`: its row is marked, and its id listed until its last access token has expired. Both at
 * once; rejects with `StorageFailure` unless both are done. Doing it again does no harm.
 */
export async function endSession(
  { config, now, sessions, denylist }: Pick<Deps, 'config' | 'now' | 'sessions' | 'denylist'>,
  claims: AccessTokenClaims,
): Promise<void> {
  const at = now();
  const remainingSeconds = claims.exp - at.getTime() / 1000;
  const ttlSeconds = Math.max(config.accessTokenTtlSeconds, remainingSeconds);
  const writes = [sessions.revoke(claims.sid, at), denylist.addSession(claims.sid, ttlSeconds)];
  // What is still under way when an answer goes out is lost, so one failure does not end the wait for the other.
  await Promise.allSettled(writes);
  await Promise.all(writes);
}
