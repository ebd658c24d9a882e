import { decodeJwt, errors } from 'jose';
import type { Config } from '../../config/config.ts';
import { verifyAccessToken } from '../../crypto/access-token.ts';
import { type AccessTokenClaims, type AnyClaims, isOfSession } from '../../crypto/access-token-claims.ts';
import { parseApiKey } from '../../crypto/api-key.ts';
import { Refusal } from '../../errors.ts';
import { getSigningKeys } from '../key/signing-keys.ts';

/** In characters. The rules in `domain/admin/rights.ts` keep our access tokens below it. */
export const MAX_TOKEN_LENGTH = 4096;

/** When a token is read: it must be in force at `now`, unless it `mayBeExpired`. */
type When = { now: Date; mayBeExpired?: boolean };

/**
 * The claims of `accessToken`, if it is a person's, ours, for `AUDIENCE`, and in force at `now`. With `mayBeExpired`, it may
 * have expired. Does not check whether it is revoked. Refuses with `expired_token` and `invalid_token`, and with
 * `user_required` the access token of a machine, and an API key.
 */
export async function readClaims(accessToken: string, config: Config, when: When): Promise<AccessTokenClaims> {
  if (parseApiKey(accessToken) !== undefined) throw new Refusal('user_required', { reason: 'an API key' });
  const claims = await readToken(accessToken, config, { ...when, audience: config.audience });
  if (!isOfSession(claims)) throw new Refusal('user_required', { reason: 'an access token without a session' });
  return claims;
}

/** As `readClaims`, for the access token of anybody, for `audience`. */
export async function readToken(
  accessToken: string,
  config: Config,
  { audience, ...when }: When & { audience: string },
): Promise<AnyClaims> {
  const keys = await getSigningKeys(config);
  if (accessToken.length > MAX_TOKEN_LENGTH) throw new Refusal('invalid_token', { reason: 'longer than any of ours' });
  const parties = { issuer: config.issuer, audience };
  const claims = await verifyAccessToken(accessToken, parties, keys, when).catch((error: unknown) => {
    if (error instanceof errors.JWTExpired) throw new Refusal('expired_token');
    if (error instanceof errors.JOSEError) throw new Refusal('invalid_token', { reason: reasonOf(error) });
    throw error;
  });
  // A shortened life applies to older tokens too: denylist entries last no longer than it.
  const isTooOld = claims.iat + config.accessTokenTtlSeconds <= when.now.getTime() / 1000;
  if (isTooOld && !when.mayBeExpired) throw new Refusal('expired_token', { reason: 'signed under a longer life' });
  return claims;
}

/** The audience of ours that `accessToken` says it is for. Verifies nothing: `readToken` does, for this audience alone. */
export function audienceIn(accessToken: string, { audience, resources }: Config): string {
  if (resources.length === 0 || accessToken.length > MAX_TOKEN_LENGTH) return audience;
  try {
    const { aud } = decodeJwt(accessToken);
    return resources.find((resource) => resource === aud) ?? audience;
  } catch {
    return audience;
  }
}

/** For the log. When two services run on one machine, a token of the other is a likely mistake. */
function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWKSNoMatchingKey) return 'no key of ours has its kid: is it from another service?';
  if (!(error instanceof errors.JWTClaimValidationFailed)) return error.code;
  if (error.claim === 'iss') return 'its iss is not our ISSUER: is it from another service?';
  return error.claim === 'aud' ? 'its aud is not the one asked for: is it for another resource?' : error.code;
}
