import { errors, jwtVerify, SignJWT } from 'jose';
import { type AnyClaims, claimsOf } from './access-token-claims.ts';
import type { SigningKeys } from './signing-keys.ts';
import { createVerifiedTokens, digestOf, type VerifiedTokens } from './verified-tokens.ts';

/** Who issues access tokens, and who they are for. */
export type TokenParties = { issuer: string; audience: string };

const TYPE = 'at+jwt';

/**
 * JWS compact serialization (RFC 7515, section 7.1). The spare bits in the signature's last character must be zero, so
 * that a token has one spelling. jose's decoder alone would also accept white space.
 */
const FORMAT = /^[\w-]+\.[\w-]+\.(?:[\w-]{4})*(?:[\w-][AQgw]|[\w-]{2}[AEIMQUYcgkosw048])?$/;

/** Signs an access token (a JWT of the type `at+jwt`, RFC 9068) with the first of the signing keys. */
export function signAccessToken(
  { sub, jti, iat, exp, ...others }: AnyClaims,
  { issuer, audience }: TokenParties,
  { signer }: SigningKeys,
): Promise<string> {
  return new SignJWT(others)
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
 * Verifies `token` and returns its claims: the key that its `kid` names has signed it, with the algorithm of that key,
 * for these parties, and it has not expired at `now` (unless `mayBeExpired`). Verifies the signature of a token once for
 * the same keys and parties, and checks its expiry each time. Does not check whether it has been revoked. Throws jose's
 * errors (RFC 7519, section 7.2; RFC 8725): `JWTExpired` when only its age is wrong.
 */
export async function verifyAccessToken(
  token: string,
  parties: TokenParties,
  keys: SigningKeys,
  { now, mayBeExpired = false }: { now: Date; mayBeExpired?: boolean },
): Promise<AnyClaims> {
  if (!FORMAT.test(token)) throw new errors.JWTInvalid('not in compact serialization');
  const verified = verifiedBy(keys);
  const digest = await digestOf(parties.issuer, parties.audience, token);
  const known = verified.recall(digest);
  const claims = known ?? (await verifyByKeys(token, parties, keys, { now, mayBeExpired }));
  if (mayBeExpired) return claims;
  const seconds = Math.floor(now.getTime() / 1000);
  if (claims.exp <= seconds)
    throw new errors.JWTExpired('expired since it was verified', claims, 'exp', 'check_failed');
  if (known === undefined) verified.remember(digest, claims, seconds);
  return claims;
}

const memories = new WeakMap<SigningKeys, VerifiedTokens<AnyClaims>>();

/** The tokens that `keys` have verified. They are forgotten with the keys. */
function verifiedBy(keys: SigningKeys): VerifiedTokens<AnyClaims> {
  const memory = memories.get(keys) ?? createVerifiedTokens<AnyClaims>();
  memories.set(keys, memory);
  return memory;
}

async function verifyByKeys(
  token: string,
  { issuer, audience }: TokenParties,
  { verifiers }: SigningKeys,
  { now, mayBeExpired }: { now: Date; mayBeExpired: boolean },
): Promise<AnyClaims> {
  const keyOf = ({ kid, alg }: { kid?: string; alg: string }) => {
    const verifier = verifiers.find((candidate) => candidate.kid === kid && candidate.alg === alg);
    if (verifier === undefined) throw new errors.JWKSNoMatchingKey();
    return verifier.key;
  };
  const clockTolerance = mayBeExpired ? Number.MAX_SAFE_INTEGER : 0;
  const { payload } = await jwtVerify(token, keyOf, { typ: TYPE, issuer, audience, currentDate: now, clockTolerance });
  return claimsOf(payload);
}
