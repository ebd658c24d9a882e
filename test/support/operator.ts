import { env } from 'cloudflare:workers';
import { importJWK, type JWTPayload, SignJWT } from 'jose';
import { z } from 'zod';

const jwks = z.object({ keys: z.array(z.looseObject({ kid: z.string(), alg: z.string() })) });

/** The claims and the header of an operator token, as an operator's machine makes it. */
export type TokenParts = { claims?: JWTPayload; header?: Record<string, string>; keys?: string; now?: Date };

/** An operator token, which is good for one request. */
export async function operatorToken({ claims, header, keys = env.SIGNING_KEYS, now = new Date() }: TokenParts = {}) {
  const [key] = jwks.parse(JSON.parse(keys)).keys;
  if (key === undefined) throw new Error('there is no key');
  const iat = Math.floor(now.getTime() / 1000);
  const usual = { iss: env.ISSUER, aud: `${env.ISSUER}/admin`, sub: 'operator', iat, exp: iat + 300, jti: crypto.randomUUID() };
  return new SignJWT({ ...usual, ...claims })
    .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'operator+jwt', ...header })
    .sign(await importJWK(key, key.alg));
}
