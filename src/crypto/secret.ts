/** The bytes of a secret in base64 (RFC 4648, section 4). Throws when it is not base64. */
export function decodeSecret(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** HMAC-SHA256 (RFC 2104) of `data`: 32 bytes. */
export async function hmacSha256(key: CryptoKey, data: BufferSource): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, data));
}

/** Whether `mac` is the HMAC-SHA256 of `data`. Compares in constant time. */
export async function verifyHmacSha256(mac: BufferSource, key: CryptoKey, data: BufferSource): Promise<boolean> {
  return crypto.subtle.verify('HMAC', key, mac, data);
}

/** Imports `bytes` as a key for HMAC-SHA256. */
export async function importHmacKey(bytes: BufferSource): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bytes, HMAC, false, ['sign', 'verify']);
}

/** The last key of each purpose, and the secret that it was derived from. */
const lastKeys = new Map<string, { secretKey: string; key: CryptoKey }>();

const HMAC = { name: 'HMAC', hash: 'SHA-256' };

/**
 * The key for HMAC-SHA256 that HKDF-SHA256 (RFC 5869) derives from `secretKey` (base64) for one `purpose`: 32 bytes,
 * without salt. Remembers the last key of each purpose.
 */
export async function deriveHmacKey(secretKey: string, purpose: string): Promise<CryptoKey> {
  return deriveKey(secretKey, purpose, { ...HMAC, length: 256 }, ['sign', 'verify']);
}

/** The key for AES-256-GCM that HKDF-SHA256 derives as above. No purpose has keys of both kinds. */
export async function deriveAesKey(secretKey: string, purpose: string): Promise<CryptoKey> {
  return deriveKey(secretKey, purpose, { name: 'AES-GCM', length: 256 }, ['encrypt', 'decrypt']);
}

async function deriveKey(
  secretKey: string,
  purpose: string,
  kind: { name: string; length: number },
  usages: string[],
): Promise<CryptoKey> {
  const known = lastKeys.get(purpose);
  if (known?.secretKey === secretKey) return known.key;
  const secret = await crypto.subtle.importKey('raw', decodeSecret(secretKey), 'HKDF', false, ['deriveKey']);
  const info = new TextEncoder().encode(purpose);
  const algorithm = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info };
  const key = await crypto.subtle.deriveKey(algorithm, secret, kind, false, usages);
  lastKeys.set(purpose, { secretKey, key });
  return key;
}
