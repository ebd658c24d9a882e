import { errors, jwtVerify, SignJWT } from 'jose';
import type { SigningKeys } from './signing-keys.ts';

/** What an access token says, times in epoch seconds. `jti` is its own id, `sid` the session's (OpenID Connect's claim). */
export type AccessTokenClaims = { sub: string; sid: string; jti: string; iat: number; exp: number; admin: boolean };

/** Who issues access tokens, and for whom. */
export type TokenParties = { issuer: string; audience: string };

const TYPE = 'at+jwt';

/** Signs an access token, a JWT of the type that RFC 9068 registers, with the first key of `keys`. */
export function signAccessToken(
  { sub, sid, jti, iat, exp, admin }: AccessTokenClaims,
  { issuer, audience }: TokenParties,
  { signer }: SigningKeys,
): Promise<string> {
  return new SignJWT({ sid, admin })
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
 * these parties, and is in force at `now`. Whether it has been revoked is not checked here.
 * Throws jose's errors (RFC 7519, section 7.2; RFC 8725): `JWTExpired` when nothing but its age is wrong.
 */
export async function verifyAccessToken(
  token: string,
  { issuer, audience }: TokenParties,
  { verifiers }: SigningKeys,
  now: Date,
): Promise<AccessTokenClaims> {
  const keyOf = ({ kid, alg }: { kid?: string; alg: string }) => {
    const verifier = verifiers.find((candidate) => candidate.kid === kid && candidate.alg === alg);
    if (verifier === undefined) throw new errors.JWKSNoMatchingKey();
    return verifier.key;
  };
  const { payload } = await jwtVerify(token, keyOf, { typ: TYPE, issuer, audience, currentDate: now });
  return claimsOf(payload);
}

function claimsOf({ sub, sid, jti, iat, exp, admin }: Record<string, unknown>): AccessTokenClaims {
  const areText = typeof sub === 'string' && typeof sid === 'string' && typeof jti === 'string';
  if (!areText || typeof iat !== 'number' || typeof exp !== 'number' || typeof admin !== 'boolean') {
    throw new errors.JWTInvalid('a claim has the wrong type');
  }
  return { sub, sid, jti, iat, exp, admin };
}
