import type { Config } from '../config.ts';
import { signAccessToken } from '../crypto/access-token.ts';
import { sealRefreshToken } from '../crypto/refresh-token.ts';
import { makeUuidV7 } from '../crypto/uuid-v7.ts';
import type { NewSession } from '../store/insert-session.ts';
import type { Session } from '../store/sessions.ts';
import type { Deps } from './deps.ts';
import { getSigningKeys } from './signing-keys.ts';

/** What a session is used from, as far as it is seen and kept: a part of the address, country (ISO 3166-1), user agent. */
export type Device = Pick<Session, 'addressPrefix' | 'country' | 'userAgent'>;

/** Where somebody registers or logs in from: the device that is kept, and the network that attempts are counted by. */
export type Place = { device: Device; network: string };

/** What a client gets to carry. Lives are in seconds from now. */
export type TokenSet = {
  accessToken: string;
  expiresInSeconds: number;
  refreshToken: string;
  refreshExpiresInSeconds: number;
};

/** A session that begins `now`, with the first generation of its refresh token. Its id tells when it began. */
export function newSession(userId: string, device: Device, now: Date, config: Config): NewSession {
  const expiresAt = new Date(now.getTime() + config.refreshIdleTtlSeconds * 1000);
  return { id: makeUuidV7(now), userId, generation: 0, startedAt: now, expiresAt, ...device };
}

/** The access token and the refresh token of `session` for its user, as of `now`; neither outlives it. Stores nothing. */
export async function issueTokens(
  session: Pick<Session, 'id' | 'userId' | 'generation' | 'expiresAt'>,
  user: { admin: boolean },
  now: Date,
  config: Config,
): Promise<TokenSet> {
  const keys = await getSigningKeys(config);
  const iat = Math.floor(now.getTime() / 1000);
  const exp = Math.min(iat + config.accessTokenTtlSeconds, Math.floor(session.expiresAt.getTime() / 1000));
  const claims = { sub: session.userId, sid: session.id, jti: crypto.randomUUID(), iat, exp, admin: user.admin };
  return {
    accessToken: await signAccessToken(claims, config, keys),
    expiresInSeconds: exp - iat,
    refreshToken: await sealRefreshToken({ sessionId: session.id, generation: session.generation }, config.secretKey),
    refreshExpiresInSeconds: Math.floor((session.expiresAt.getTime() - now.getTime()) / 1000),
  };
}

/** Whether `generation` is the one before the session's, and is still answered with it. */
export function isInGrace(session: Session, generation: number, at: Date, { refreshGraceSeconds }: Config): boolean {
  const rotatedAt = session.rotatedAt?.getTime() ?? 0;
  return generation === session.generation - 1 && at.getTime() < rotatedAt + refreshGraceSeconds * 1000;
}

/** For how long a revocation has to be listed: until the last access token that it concerns, and `exp`, have passed. */
export function listingSeconds({ accessTokenTtlSeconds }: Config, now: Date, exp = 0): number {
  return Math.max(accessTokenTtlSeconds, exp - now.getTime() / 1000);
}

/**
 * Revokes the session `id`: its row is marked, and its id listed for `ttlSeconds`. Both at once; rejects with
 * `StorageFailure` unless both are done. Doing it again does no harm.
 */
export async function endSession(
  { sessions, denylist }: Pick<Deps, 'sessions' | 'denylist'>,
  { id, at, ttlSeconds }: { id: string; at: Date; ttlSeconds: number },
): Promise<void> {
  const writes = [sessions.revoke(id, at), denylist.addSession(id, ttlSeconds)];
  // What is still under way when an answer goes out is lost, so one failure does not end the wait for the other.
  await Promise.allSettled(writes);
  await Promise.all(writes);
}
