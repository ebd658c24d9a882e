import { type CryptoKey, importJWK, type JWK } from 'jose';
import { deriveHmacKey } from '../../../../src/crypto/secret.ts';
import type { FloorEnv } from './env.ts';

type Keys = { kid: string; signer: CryptoKey; verifier: CryptoKey; refresh: CryptoKey; attempts: CryptoKey };

let imported: Keys | undefined;

/** The keys of the service, imported and derived once in an isolate. */
export async function keysOf(env: FloorEnv): Promise<Keys> {
  imported ??= await importKeys(env);
  return imported;
}

async function importKeys({ SIGNING_KEY, SECRET_KEY }: FloorEnv): Promise<Keys> {
  const { d: _, ...publicHalf } = SIGNING_KEY;
  return {
    kid: SIGNING_KEY.kid,
    signer: await importKey(SIGNING_KEY),
    verifier: await importKey(publicHalf),
    refresh: await deriveHmacKey(SECRET_KEY, 'latchkey refresh token v1'),
    attempts: await deriveHmacKey(SECRET_KEY, 'latchkey login attempts v1'),
  };
}

async function importKey(jwk: JWK): Promise<CryptoKey> {
  const key = await importJWK(jwk, 'ES256');
  if (key instanceof Uint8Array) throw new TypeError('a signing key is not symmetric');
  return key;
}
