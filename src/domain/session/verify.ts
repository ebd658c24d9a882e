import { errors } from 'jose';
import type { Config } from '../../config/config.ts';
import { type AccessTokenClaims, verifyAccessToken } from '../../crypto/access-token.ts';
import { Refusal } from '../../errors.ts';
import type { TokenSession } from '../../store/denylist.ts';
import type { Deps } from '../deps.ts';
import { getSigningKeys } from '../key/signing-keys.ts';

/**
 * The claims of `accessToken`. One KV read and no database, so a revocation takes effect within about a minute. Refuses
 * with `expired_token`, `invalid_token` and `revoked_token`. Fails closed: rejects with `StorageFailure` when KV is out
 * of reach.
 */
export async function verify(
  deps: Pick<Deps, 'config' | 'now' | 'denylist'>,
  accessToken: string,
): Promise<AccessTokenClaims> {
  const claims = await readClaims(accessToken, deps.config, { now: deps.now() });
  const standing = await deps.denylist.findStanding(sessionOf(claims));
  if (standing === 'revoked') throw new Refusal('revoked_token');
  if (standing === 'stale') throw refuseStale();
  return claims;
}

/** The refusal of an access token that was signed under other rights. Its client refreshes, and gets the new ones. */
export const refuseStale = () => new Refusal('expired_token', { reason: 'signed under other rights' });

/** In characters. The rules in `domain/admin/rights.ts` keep our access tokens below it. */
export const MAX_TOKEN_LENGTH = 4096;

/**
 * The claims of `accessToken`, if it is ours and in force at `now`. With `mayBeExpired`, it may have expired. Does not
 * check whether it is revoked. Refuses with `expired_token` and `invalid_token`.
 */
export async function readClaims(
  accessToken: string,
  config: Config,
  when: { now: Date; mayBeExpired?: boolean },
): Promise<AccessTokenClaims> {
  const keys = await getSigningKeys(config);
  if (accessToken.length > MAX_TOKEN_LENGTH) throw new Refusal('invalid_token', { reason: 'longer than any of ours' });
  const claims = await verifyAccessToken(accessToken, config, keys, when).catch((error: unknown) => {
    if (error instanceof errors.JWTExpired) throw new Refusal('expired_token');
    if (error instanceof errors.JOSEError) throw new Refusal('invalid_token', { reason: reasonOf(error) });
    throw error;
  });
  // A shortened life applies to older tokens too: denylist entries last no longer than it.
  const isTooOld = claims.iat + config.accessTokenTtlSeconds <= when.now.getTime() / 1000;
  if (isTooOld && !when.mayBeExpired) throw new Refusal('expired_token', { reason: 'signed under a longer life' });
  return claims;
}

/** For the log. When two services run on one machine, a token of the other is a likely mistake. */
function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWKSNoMatchingKey) return 'no key of ours has its kid: is it from another service?';
  const isForeign = error instanceof errors.JWTClaimValidationFailed && error.claim === 'iss';
  return isForeign ? 'its iss is not our ISSUER: is it from another service?' : error.code;
}

/** What the denylist is asked about a token. */
export function sessionOf({ sid, sub, user_version, rights_version }: AccessTokenClaims): TokenSession {
  return { id: sid, userId: sub, userVersion: user_version, rightsVersion: rights_version };
}

/** Whether `error` is a refusal of the token, and not a failure of the service. */
export function isAboutToken(error: unknown): boolean {
  const codes: string[] = ['expired_token', 'invalid_token', 'revoked_token'];
  return error instanceof Refusal && codes.includes(error.code);
}
