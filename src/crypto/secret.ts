/** The bytes of a secret in base64 (RFC 4648, section 4). Throws when it is not base64. */
export function decodeSecret(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** HMAC-SHA256 (RFC 2104) of `data`: 32 bytes. */
export async function hmacSha256(key: BufferSource, data: BufferSource): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', await importHmacKey(key), data));
}

/** Whether `mac` is the HMAC-SHA256 of `data`. Compares in constant time. */
export async function verifyHmacSha256(mac: BufferSource, key: BufferSource, data: BufferSource): Promise<boolean> {
  return crypto.subtle.verify('HMAC', await importHmacKey(key), mac, data);
}

/** The 32-byte key that HKDF-SHA256 (RFC 5869) derives from `secret` for one `purpose`, without salt. */
export async function deriveKey(secret: BufferSource, purpose: string): Promise<Uint8Array> {
  const imported = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']);
  const info = new TextEncoder().encode(purpose);
  const algorithm = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, imported, 256));
}

function importHmacKey(key: BufferSource) {
  return crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
}
