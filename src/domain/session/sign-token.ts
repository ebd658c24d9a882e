import type { Config } from '../../config/config.ts';
import { signAccessToken } from '../../crypto/access-token.ts';
import type { MachineClaims, UserKeyClaims } from '../../crypto/access-token-claims.ts';
import { getSigningKeys } from '../key/signing-keys.ts';
import type { GrantedToken } from './session.ts';

type Unissued<T> = T extends unknown ? Omit<T, 'jti' | 'iat' | 'exp'> : never;

/**
 * Signs an access token without a session for `audience`, which says `claims`. It lives as long as any, but not beyond
 * `expiresAt`. Stores nothing.
 */
export async function signToken(
  claims: MachineClaims | UserKeyClaims | Unissued<MachineClaims>,
  { audience, now, expiresAt }: { audience: string; now: Date; expiresAt: Date | null },
  config: Config,
): Promise<GrantedToken> {
  const keys = await getSigningKeys(config);
  const iat = Math.floor(now.getTime() / 1000);
  const end = iat + config.accessTokenTtlSeconds;
  const exp = expiresAt === null ? end : Math.min(end, Math.floor(expiresAt.getTime() / 1000));
  const issued = { ...claims, jti: crypto.randomUUID(), iat, exp };
  const accessToken = await signAccessToken(issued, { issuer: config.issuer, audience }, keys);
  return { accessToken, expiresInSeconds: exp - iat, scope: claims.scope };
}
