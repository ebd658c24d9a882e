import type { Config } from '../../config/config.ts';
import type { Authentication } from '../../crypto/access-token-claims.ts';
import { signAccessToken } from '../../crypto/access-token.ts';
import { signRefreshToken } from '../../crypto/refresh-token.ts';
import { makeUuidV7 } from '../../crypto/uuid-v7.ts';
import type { NewSession } from '../../store/statements/session/insert-session.ts';
import type { Session } from '../../store/tables/sessions.ts';
import type { User } from '../../store/tables/users.ts';
import { getSigningKeys } from '../key/signing-keys.ts';
import { scopesOfUser } from '../key/user-scopes.ts';
import { scopeOf } from './bearer.ts';

/** Where a session is used from, as far as it is stored: a part of the address, country (ISO 3166-1), user agent. */
export type Device = Pick<Session, 'addressPrefix' | 'country' | 'userAgent'>;

/** An access token alone, its life in seconds from now, and its scopes with spaces between them, if it has any. */
export type GrantedToken = { accessToken: string; expiresInSeconds: number; scope: string | undefined };

/** The tokens of a client. Lives are in seconds from now. */
export type TokenSet = GrantedToken & { refreshToken: string; refreshExpiresInSeconds: number };

/** When a session began, when its user last authenticated in it if that was later, and by what. */
type Authenticated = { amr: readonly string[]; startedAt: Date; authenticatedAt?: Date | null };

/** What an access token says of its session. */
type TokenSession = Pick<Session, 'id' | 'userId' | 'expiresAt'> & Authenticated;

/** What an access token says of its user. */
type TokenUser = Pick<User, 'admin' | 'roles' | 'claims' | 'version' | 'rightsVersion' | 'emailVerifiedAt'>;

/** The rights and versions of a user who is new. */
export const newRights = { admin: false, roles: [], claims: {}, version: 0, rightsVersion: 0 };

/** How a user authenticates who shows the password and nothing else. */
export const BY_PASSWORD = ['pwd'] as const;

/** The `client_id` of people's sessions. RFC 9068, section 2.2, requires one in every access token. */
export const FIRST_PARTY = 'first-party';

/**
 * A session of `user`, who has authenticated by `amr` (RFC 8176) at `authenticatedAt` or `now`, that begins `now`, with
 * generation 0 of its refresh token. Stores nothing.
 */
export function newSession(
  user: { id: string; version: number },
  { device, amr, authenticatedAt = null }: { device: Device; amr: readonly string[]; authenticatedAt?: Date | null },
  now: Date,
  config: Config,
): NewSession {
  const expiresAt = new Date(now.getTime() + config.refreshIdleTtlSeconds * 1000);
  const whose = { userId: user.id, userVersion: user.version };
  return { id: makeUuidV7(now), ...whose, generation: 0, startedAt: now, expiresAt, ...device, amr, authenticatedAt };
}

/** What the access tokens of a session say of how its user last authenticated. */
export function authenticationOf({ amr, startedAt, authenticatedAt }: Authenticated): Authentication {
  const at = authenticatedAt ?? startedAt;
  return { auth_time: Math.floor(at.getTime() / 1000), acr: amr.includes('mfa') ? 'aal2' : 'aal1', amr };
}

/**
 * An access token and the refresh token of `session`, issued `now`. Neither outlives the session. The access token has the
 * scopes that `user` has: all of them, or those of them that are `wanted`. Stores nothing.
 */
export async function issueTokens(
  session: TokenSession & Pick<Session, 'generation'>,
  user: TokenUser,
  now: Date,
  config: Config,
  wanted?: readonly string[],
): Promise<TokenSet> {
  const granted = await issueAccessToken(session, user, now, config, wanted);
  const refreshExpiresInSeconds = Math.floor((session.expiresAt.getTime() - now.getTime()) / 1000);
  return {
    ...granted,
    expiresInSeconds: Math.min(granted.expiresInSeconds, refreshExpiresInSeconds),
    refreshToken: await signRefreshToken({ sessionId: session.id, generation: session.generation }, config.secretKey),
    refreshExpiresInSeconds,
  };
}

/** The access token alone. */
export async function issueAccessToken(
  session: TokenSession,
  user: TokenUser,
  now: Date,
  config: Config,
  wanted?: readonly string[],
): Promise<GrantedToken> {
  const keys = await getSigningKeys(config);
  const iat = Math.floor(now.getTime() / 1000);
  const exp = Math.min(iat + config.accessTokenTtlSeconds, Math.floor(session.expiresAt.getTime() / 1000));
  const scopes = scopesOfUser(user.roles, config).filter((scope) => wanted?.includes(scope) ?? true);
  const claims = {
    ...user.claims,
    sub: session.userId,
    sid: session.id,
    jti: crypto.randomUUID(),
    client_id: FIRST_PARTY,
    iat,
    exp,
    admin: user.admin,
    roles: user.roles,
    email_verified: user.emailVerifiedAt !== null,
    user_version: user.version,
    rights_version: user.rightsVersion,
    ...authenticationOf(session),
    ...scopeOf(scopes),
  };
  return { accessToken: await signAccessToken(claims, config, keys), expiresInSeconds: exp - iat, scope: claims.scope };
}
