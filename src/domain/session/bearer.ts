import type { AccessTokenClaims, MachineClaims, UserKeyClaims } from '../../crypto/access-token-claims.ts';
import type { KeyHolder } from '../key/check-key.ts';

/** The `client_id` of API keys of users. RFC 9068, section 2.2, requires one in every access token. */
export const API_KEY = 'api-key';

/** Who presents an access token or an API key that is accepted: `kind` tells whose it is. */
export type Bearer =
  { kind: 'user'; claims: AccessTokenClaims | UserKeyClaims } | { kind: 'machine'; claims: MachineClaims };

/** The bearer of an API key that was presented as it is. Its `jti` is the id of the key. */
export function bearerOfKey(holder: KeyHolder): Bearer {
  const { expiresAt } = holder;
  return asBearer(holder, {
    jti: holder.keyId,
    iat: secondsOf(holder.createdAt),
    ...(expiresAt !== null && { exp: secondsOf(expiresAt) }),
    ...scopeOf(holder.scopes),
  });
}

/** What an API key says, or an access token that it is exchanged for, with the `terms` of either. */
export function asBearer<T extends { jti: string; iat: number; exp?: number; scope?: string }>(
  holder: KeyHolder,
  terms: T,
): { kind: 'user'; claims: UserKeyClaims & T } | { kind: 'machine'; claims: MachineClaims & T } {
  const key_id = holder.keyId;
  if (holder.kind === 'machine') {
    const { id, version } = holder.client;
    return { kind: 'machine', claims: { sub: id, client_id: id, key_id, client_version: version, ...terms } };
  }
  const { user } = holder;
  const claims = {
    ...user.claims,
    sub: user.id,
    client_id: API_KEY,
    key_id,
    admin: false,
    roles: user.roles,
    email_verified: user.emailVerifiedAt !== null,
    user_version: user.version,
    rights_version: user.rightsVersion,
    ...terms,
  };
  return { kind: 'user', claims };
}

/** `scopes` as the claim of an access token: absent when there are none. */
export const scopeOf = (scopes: readonly string[]): { scope?: string } =>
  scopes.length === 0 ? {} : { scope: scopes.join(' ') };

const secondsOf = (time: Date) => Math.floor(time.getTime() / 1000);
