import { env } from 'cloudflare:workers';
import { importJWK, type JWK, type JWTPayload, SignJWT } from 'jose';

/** The claims and the header of an operator token, as an operator's machine makes it. */
export type TokenParts = { claims?: JWTPayload; header?: Record<string, string>; keys?: string; now?: Date };

/** An operator token, which is good for one request. */
export async function operatorToken({ claims, header, keys = env.SIGNING_KEYS, now = new Date() }: TokenParts = {}) {
  const { key, kid, alg } = keyOf(keys);
  const iat = Math.floor(now.getTime() / 1000);
  const usual = {
    iss: env.ISSUER,
    aud: `${env.ISSUER}/admin`,
    sub: 'operator',
    iat,
    exp: iat + 300,
    jti: crypto.randomUUID(),
  };
  return new SignJWT({ ...usual, ...claims })
    .setProtectedHeader({ alg, kid, typ: 'operator+jwt', ...header })
    .sign(await importJWK(key, alg));
}

/** The first key of a JWKS. */
function keyOf(jwks: string): { key: JWK; kid: string; alg: string } {
  const set: { keys: JWK[] } = JSON.parse(jwks);
  const [key] = set.keys;
  if (key?.kid === undefined || key.alg === undefined) throw new TypeError('there is no key');
  return { key, kid: key.kid, alg: key.alg };
}
