import { type CryptoKey, importJWK, type JWK } from 'jose';
import { decodeSecret, deriveKey } from '../../../../src/crypto/secret.ts';
import type { FloorEnv } from './env.ts';

type Keys = { kid: string; signer: CryptoKey; verifier: CryptoKey; refresh: CryptoKey; attempts: CryptoKey };

let imported: Keys | undefined;

/** The keys of the service, imported and derived once in an isolate. */
export async function keysOf(env: FloorEnv): Promise<Keys> {
  imported ??= await importKeys(env);
  return imported;
}

async function importKeys({ SIGNING_KEYS, SECRET_KEY }: FloorEnv): Promise<Keys> {
  const set: { keys: (JWK & { kid: string; d: string })[] } = JSON.parse(SIGNING_KEYS);
  const [jwk] = set.keys;
  if (jwk === undefined) throw new TypeError('there is no signing key');
  const { d: _, ...publicHalf } = jwk;
  const macKey = async (purpose: string) =>
    crypto.subtle.importKey(
      'raw',
      await deriveKey(decodeSecret(SECRET_KEY), purpose),
      { name: 'HMAC', hash: 'SHA-256' },
      false,
      ['sign', 'verify'],
    );
  return {
    kid: jwk.kid,
    signer: await importKey(jwk),
    verifier: await importKey(publicHalf),
    refresh: await macKey('latchkey refresh token v1'),
    attempts: await macKey('latchkey login attempts v1'),
  };
}

async function importKey(jwk: JWK): Promise<CryptoKey> {
  const key = await importJWK(jwk, 'ES256');
  if (key instanceof Uint8Array) throw new TypeError('a signing key is not symmetric');
  return key;
}
