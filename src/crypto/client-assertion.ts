import { decodeJwt, errors, importJWK, jwtVerify } from 'jose';
import { algOf, readClientJwks } from './client-jwks.ts';

/** In characters. With RS256 and a key of 4,096 bits, the signature has 683 of them. */
const MAX_LENGTH = 4096;

/** The longest life of an assertion, in seconds. The id of each is kept for so long. */
const MAX_LIFE_SECONDS = 300;

/** How far the clock of a client may differ, in seconds. */
const TOLERANCE_SECONDS = 30;

/** What an assertion says: its id, which is good for one request, and until when it might be accepted. */
export type ClientAssertion = { jti: string; until: Date };

/** The client that `assertion` says it is of; `undefined` when it says none, or no text. Verifies nothing. */
export function clientIn(assertion: string): string | undefined {
  if (assertion.length > MAX_LENGTH) return undefined;
  try {
    const { iss }: { iss?: unknown } = decodeJwt(assertion);
    return typeof iss === 'string' ? iss : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Verifies `assertion` of the client `id` (RFC 7523, section 3). A key of `jwks` (a JWKS as text) has signed it, with the
 * algorithm of that key. Its `iss` and `sub` are the client, and its `aud` is one of `audiences` alone. It is in force at
 * `now`, and expires within five minutes. Does not check whether it was used before. Throws jose's errors.
 */
export async function verifyClientAssertion(
  assertion: string,
  { id, jwks }: { id: string; jwks: string | null },
  { audiences, now }: { audiences: string[]; now: Date },
): Promise<ClientAssertion> {
  if (assertion.length > MAX_LENGTH) throw new errors.JWTInvalid('too long');
  const keys = jwks === null ? [] : readClientJwks(jwks);
  const { payload } = await jwtVerify(
    assertion,
    ({ kid, alg }) => {
      const known = keys.find((key) => (kid === undefined || key.kid === kid) && key.alg === algOf(alg));
      if (known === undefined) throw new errors.JWKSNoMatchingKey();
      return importJWK(known, known.alg);
    },
    { issuer: id, subject: id, audience: audiences, currentDate: now, clockTolerance: TOLERANCE_SECONDS },
  );
  const { aud, jti, exp } = payload;
  // An assertion for several audiences could be used by one of them at another.
  if (Array.isArray(aud) && aud.length !== 1) throw new errors.JWTInvalid('has several audiences');
  if (typeof jti !== 'string' || jti === '' || typeof exp !== 'number')
    throw new errors.JWTInvalid('a claim is missing or has the wrong type');
  if (exp > now.getTime() / 1000 + MAX_LIFE_SECONDS + TOLERANCE_SECONDS) throw new errors.JWTInvalid('lives too long');
  return { jti, until: new Date((exp + TOLERANCE_SECONDS) * 1000) };
}
