import { errors, jwtVerify, SignJWT } from 'jose';
import type { SigningKeys } from './signing-keys.ts';
import { createVerifiedTokens, digestOf, type VerifiedTokens } from './verified-tokens.ts';

/**
 * Our claims of an access token, times in epoch seconds. `sid` is the id of the session, as in OpenID Connect;
 * `client_id` is the client that the token was issued to (RFC 9068, section 2.2), and `roles` are the user's (section
 * 2.2.3.1). `email_verified` tells whether the user had proved the e-mail address (OpenID Connect Core, section 5.1).
 * `user_version` and `rights_version` are the versions of the user and of the user's rights.
 */
type OwnClaims = {
  sub: string;
  sid: string;
  jti: string;
  client_id: string;
  iat: number;
  exp: number;
  admin: boolean;
  roles: readonly string[];
  email_verified: boolean;
  user_version: number;
  rights_version: number;
};

/** The claims of an access token: ours, and beside them those that the application gave the user. */
export type AccessTokenClaims = OwnClaims & Readonly<Record<string, unknown>>;

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
  { sub, jti, iat, exp, ...others }: AccessTokenClaims,
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
 * the same keys and parties, and checks its expiry each time. Does not check whether it has been revoked. Throws jose's errors
 * (RFC 7519, section 7.2; RFC 8725): `JWTExpired` when only its age is wrong.
 */
export async function verifyAccessToken(
  token: string,
  parties: TokenParties,
  keys: SigningKeys,
  { now, mayBeExpired = false }: { now: Date; mayBeExpired?: boolean },
): Promise<AccessTokenClaims> {
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

const memories = new WeakMap<SigningKeys, VerifiedTokens<AccessTokenClaims>>();

/** The tokens that `keys` have verified. They are forgotten with the keys. */
function verifiedBy(keys: SigningKeys): VerifiedTokens<AccessTokenClaims> {
  const memory = memories.get(keys) ?? createVerifiedTokens<AccessTokenClaims>();
  memories.set(keys, memory);
  return memory;
}

async function verifyByKeys(
  token: string,
  { issuer, audience }: TokenParties,
  { verifiers }: SigningKeys,
  { now, mayBeExpired }: { now: Date; mayBeExpired: boolean },
): Promise<AccessTokenClaims> {
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
  const {
    iss: _iss,
    aud: _aud,
    nbf: _nbf,
    sub,
    sid,
    jti,
    client_id,
    iat,
    exp,
    admin,
    user_version,
    ...others
  } = payload;
  // A token that was signed before these claims existed has the least of them.
  const { roles = [], email_verified = false, rights_version = 0, ...further } = others;
  if (
    typeof sub !== 'string' ||
    typeof sid !== 'string' ||
    typeof jti !== 'string' ||
    typeof client_id !== 'string' ||
    typeof iat !== 'number' ||
    typeof exp !== 'number' ||
    typeof admin !== 'boolean' ||
    !isTextList(roles) ||
    typeof email_verified !== 'boolean' ||
    typeof user_version !== 'number' ||
    typeof rights_version !== 'number'
  ) {
    throw new errors.JWTInvalid('a claim has the wrong type');
  }
  const own = { sub, sid, jti, client_id, iat, exp, admin, roles, email_verified, user_version, rights_version };
  return Object.freeze({ ...further, ...own });
}

const isTextList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string');
