import { env } from 'cloudflare:workers';
import { importJWK, type JWK, type JWTPayload, SignJWT } from 'jose';

/**
 * What differs from the operator token that an operator's machine makes. `undefined` leaves out a claim or a part of the
 * header. The first of `keys` signs, unless `signer` does.
 */
export type TokenParts = {
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
  keys?: string;
  signer?: Parameters<SignJWT['sign']>[0];
  now?: Date;
};

/** An operator token, which is good for one request. */
export async function operatorToken(parts: TokenParts = {}): Promise<string> {
  const { claims, header, keys = env.SIGNING_KEYS, signer, now = new Date() } = parts;
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
  const payload: JWTPayload = JSON.parse(JSON.stringify({ ...usual, ...claims }));
  return new SignJWT(payload)
    .setProtectedHeader({ alg, kid, typ: 'operator+jwt', ...header })
    .sign(signer ?? (await importJWK(key, alg)), { crit: { 'urn:example:unknown': true } });
}

/** The first key of a JWKS. */
function keyOf(jwks: string): { key: JWK; kid: string; alg: string } {
  const set: { keys: JWK[] } = JSON.parse(jwks);
  const [key] = set.keys;
  if (key?.kid === undefined || key.alg === undefined) throw new TypeError('there is no key');
  return { key, kid: key.kid, alg: key.alg };
}
