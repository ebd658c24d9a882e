import { errors, jwtVerify, SignJWT } from 'jose';
import type { SigningKeys } from './signing-keys.ts';

/**
 * What an access token says, times in epoch seconds. `jti` is its own id, `sid` the session's (OpenID Connect's claim),
 * `client_id` the client that it was issued to (RFC 9068, section 2.2), and `user_version` the version that the user had.
 */
export type AccessTokenClaims = {
  sub: string;
  sid: string;
  jti: string;
  client_id: string;
  iat: number;
  exp: number;
  admin: boolean;
  user_version: number;
};

/** Who issues access tokens, and for whom. */
export type TokenParties = { issuer: string; audience: string };

const TYPE = 'at+jwt';

/**
 * JWS compact serialization (RFC 7515, section 7.1), the spare bits of the signature's last character being zero: a token has
 * one spelling. jose's decoder would skip white space, so nothing else reaches it.
 */
const FORMAT = /^[\w-]+\.[\w-]+\.(?:[\w-]{4})*(?:[\w-][AQgw]|[\w-]{2}[AEIMQUYcgkosw048])?$/;

/** Signs an access token, a JWT of the type that RFC 9068 registers, with the first key of `keys`. */
export function signAccessToken(
  { sub, sid, jti, client_id, iat, exp, admin, user_version }: AccessTokenClaims,
  { issuer, audience }: TokenParties,
  { signer }: SigningKeys,
): Promise<string> {
  return new SignJWT({ sid, client_id, admin, user_version })
    .setProtectedHeader({ alg: signer.alg, kid: signer.kid, typ: TYPE })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(sub)
    .setIssuedAt(iat)
    .setExpirationTime(exp)
    .setJti(jti)
    .sign(signer.key);
}

/**
 * The claims of `token`, when it was signed by the key that its `kid` names, with that key's algorithm and none other, for
 * these parties, and is in force at `now`, or has been (`mayBeExpired`). Whether it has been revoked is not checked here.
 * Throws jose's errors (RFC 7519, section 7.2; RFC 8725): `JWTExpired` when nothing but its age is wrong.
 */
export async function verifyAccessToken(
  token: string,
  { issuer, audience }: TokenParties,
  { verifiers }: SigningKeys,
  { now, mayBeExpired = false }: { now: Date; mayBeExpired?: boolean },
): Promise<AccessTokenClaims> {
  if (!FORMAT.test(token)) throw new errors.JWTInvalid('not in compact serialization');
  const keyOf = ({ kid, alg }: { kid?: string; alg: string }) => {
    const verifier = verifiers.find((candidate) => candidate.kid === kid && candidate.alg === alg);
    if (verifier === undefined) throw new errors.JWKSNoMatchingKey();
    return verifier.key;
  };
  const clockTolerance = mayBeExpired ? Number.MAX_SAFE_INTEGER : 0;
  const { payload } = await jwtVerify(token, keyOf, { typ: TYPE, issuer, audience, currentDate: now, clockTolerance });
  return claimsOf(payload);
}

function claimsOf(payload: Record<string, unknown>): AccessTokenClaims {
  const { sub, sid, jti, client_id, iat, exp, admin, user_version } = payload;
  if (
    typeof sub !== 'string' ||
    typeof sid !== 'string' ||
    typeof jti !== 'string' ||
    typeof client_id !== 'string' ||
    typeof iat !== 'number' ||
    typeof exp !== 'number' ||
    typeof admin !== 'boolean' ||
    typeof user_version !== 'number'
  ) {
    throw new errors.JWTInvalid('a claim has the wrong type');
  }
  return { sub, sid, jti, client_id, iat, exp, admin, user_version };
}
