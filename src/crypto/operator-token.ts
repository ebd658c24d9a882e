import { errors, jwtVerify } from 'jose';
import type { SigningKeys } from './signing-keys.ts';

/** What an operator token says: its id, which is good for one request, and its end in epoch seconds. */
export type OperatorClaims = { jti: string; exp: number };

const TYPE = 'operator+jwt';

/** The life of an operator token in seconds, at most. */
const MAX_LIFE_SECONDS = 300;

/** How far the clock of an operator's machine may be ahead, in seconds. */
const AHEAD_SECONDS = 60;

const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/;

/** Whether `token` says that it is an operator token. Verifies nothing. */
export function isOperatorToken(token: string): boolean {
  const [header = ''] = token.split('.', 1);
  try {
    const parsed: unknown = JSON.parse(atob(header.replaceAll('-', '+').replaceAll('_', '/')));
    return typeof parsed === 'object' && parsed !== null && 'typ' in parsed && parsed.typ === TYPE;
  } catch {
    return false;
  }
}

/**
 * Verifies `token`, an operator token for the service `issuer`: signed by one of `keys` with the algorithm of that key, in
 * force at `now`, and with a life of five minutes at most. Does not check whether it was used before. Throws jose's errors
 * (RFC 7519, section 7.2; RFC 8725): `JWTExpired` when only its age is wrong.
 */
export async function verifyOperatorToken(
  token: string,
  issuer: string,
  { verifiers }: SigningKeys,
  now: Date,
): Promise<OperatorClaims> {
  const { payload } = await jwtVerify(
    token,
    ({ kid, alg }) => {
      const verifier = verifiers.find((candidate) => candidate.kid === kid && candidate.alg === alg);
      if (verifier === undefined) throw new errors.JWKSNoMatchingKey();
      return verifier.key;
    },
    { typ: TYPE, issuer, audience: audienceOf(issuer), subject: 'operator', currentDate: now },
  );
  const { aud, jti, iat, exp } = payload;
  const seconds = now.getTime() / 1000;
  if (typeof aud !== 'string' || typeof jti !== 'string' || !UUID.test(jti))
    throw new errors.JWTInvalid('a claim has the wrong type');
  if (
    typeof iat !== 'number' ||
    typeof exp !== 'number' ||
    exp - iat > MAX_LIFE_SECONDS ||
    iat > seconds + AHEAD_SECONDS
  )
    throw new errors.JWTInvalid('lives too long');
  return { jti, exp };
}

const audienceOf = (issuer: string) => `${issuer}/admin`;
