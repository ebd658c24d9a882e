import { randomBytes } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import type { SIGNING_ALGS } from '../../src/crypto/bounds.ts';

/** Fresh values of the required secrets: 32 random bytes, and an ES256 key as a private JWKS. */
export async function newSecrets() {
  return {
    SECRET_KEY: randomBytes(32).toString('base64'),
    SIGNING_KEYS: JSON.stringify({ keys: [await newSigningKey('ES256')] }),
  };
}

/**
 * A fresh private key as a JWK: P-256, Ed25519 or RSA of 2048 bits. Two such RSA keys fit into the 5 KB that Workers
 * allow a secret. Its `kid` is its thumbprint (RFC 7638).
 */
export async function newSigningKey(alg: (typeof SIGNING_ALGS)[number]) {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg, use: 'sig' };
}
