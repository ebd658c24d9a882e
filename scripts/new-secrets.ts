import { randomBytes } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';

/** Fresh values for the secrets that the service cannot do without: 32 random bytes, and an ES256 key as a private JWKS. */
export async function newSecrets() {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(jwk);
  return {
    SECRET_KEY: randomBytes(32).toString('base64'),
    SIGNING_KEYS: JSON.stringify({ keys: [{ ...jwk, kid, alg: 'ES256', use: 'sig' }] }),
  };
}
