import { errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { parsePayload } from './claims.ts';
import type { Network } from './fetch-json.ts';
import { isApiKey } from './grammar.ts';
import { fetchedKeys, givenKeys, sharedKeys } from './key-sets.ts';
import type { ByKeys } from './options.ts';
import { FOR_OTHERS, refuse, type Way } from './verdict.ts';

/** Algorithms of public keys only: with a shared secret, who knows the public key could sign. RFC 9864 renames EdDSA. */
const ALGORITHMS = ['ES256', 'EdDSA', 'Ed25519', 'RS256'];

/** The type of access tokens (RFC 9068, section 2.1). No other JWT of the same keys passes for one. */
const TYPE = 'at+jwt';

/** Errors of jose that are about the token. All others, such as a key that cannot be imported, are not. */
const ABOUT_TOKEN: ReadonlySet<string> = new Set([
  errors.JOSEAlgNotAllowed.code,
  errors.JOSENotSupported.code,
  errors.JWKSNoMatchingKey.code,
  errors.JWSInvalid.code,
  errors.JWSSignatureVerificationFailed.code,
  errors.JWTClaimValidationFailed.code,
  errors.JWTInvalid.code,
]);

/** Every access token has these. One without `exp` would be good for ever. */
const REQUIRED = ['sub', 'jti', 'client_id', 'iat', 'exp'];

const DEFAULT_TOLERANCE_SECONDS = 5;

/** Verifies access tokens by the public keys. Does not see revocations. No public key verifies an API key. */
export function verifyByKeys(options: ByKeys, network: Network): Way {
  const { issuer, audience, jwks, now = () => new Date() } = options;
  const { clockToleranceSeconds: clockTolerance = DEFAULT_TOLERANCE_SECONDS } = options;
  const publishedKeys = options.fetch === undefined ? sharedKeys : fetchedKeys;
  const findKey = ofKid(jwks === undefined ? publishedKeys(issuer, network) : givenKeys(jwks));
  const pinned = { typ: TYPE, issuer, audience, algorithms: ALGORITHMS, requiredClaims: REQUIRED, clockTolerance };

  return async function verifyByKeys(token) {
    if (isApiKey(token)) return refuse('exchange_required');
    try {
      const { payload } = await jwtVerify(token, findKey, { ...pinned, currentDate: now() });
      const claims = parsePayload(payload);
      return claims === undefined ? refuse('invalid_token') : { active: true, claims };
    } catch (error) {
      if (error instanceof errors.JWTExpired) return refuse('expired_token');
      if (error instanceof errors.JOSEError && ABOUT_TOKEN.has(error.code))
        return refuse('invalid_token', reasonOf(error));
      throw error;
    }
  };
}

/** The messages of jose repeat nothing of the token. */
function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWKSNoMatchingKey) return 'No key has its kid: it may be of another Latchkey.';
  const isOfOthers = error instanceof errors.JWTClaimValidationFailed && ['iss', 'aud'].includes(error.claim);
  return isOfOthers ? FOR_OTHERS : error.message;
}

/** Every token of Latchkey names its key. Without a name, jose would try the only key of the algorithm. */
function ofKid(findKey: JWTVerifyGetKey): JWTVerifyGetKey {
  return (header, token) => {
    if (typeof header.kid !== 'string') throw new errors.JWKSNoMatchingKey();
    return findKey(header, token);
  };
}
