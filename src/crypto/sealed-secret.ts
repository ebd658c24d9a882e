import { base64url } from 'jose';
import { deriveAesKey } from './secret.ts';
import { decodeBase64url } from './strict-base64url.ts';

const PURPOSE = 'latchkey totp secrets v1';

const IV_BYTES = 12;
const MAX_BYTES = 128;

/**
 * `secret`, encrypted for the account `userId`: a random IV of 96 bits and the ciphertext with its tag, together in
 * base64url. AES-256-GCM (NIST SP 800-38D) under a key derived from `secretKey` (base64), with the id as additional data.
 */
export async function sealSecret(secret: Uint8Array, userId: string, secretKey: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const key = await deriveAesKey(secretKey, PURPOSE);
  const ciphertext = await crypto.subtle.encrypt(parametersOf(iv, userId), key, secret);
  return base64url.encode(new Uint8Array([...iv, ...new Uint8Array(ciphertext)]));
}

/** The secret in `sealed`. `undefined` when it was not sealed for `userId` under `secretKey`, or was changed. */
export async function openSecret(sealed: string, userId: string, secretKey: string): Promise<Uint8Array | undefined> {
  const bytes = decodeBase64url(sealed, MAX_BYTES);
  if (bytes === undefined || bytes.length <= IV_BYTES) return undefined;
  const key = await deriveAesKey(secretKey, PURPOSE);
  const parameters = parametersOf(bytes.subarray(0, IV_BYTES), userId);
  const opened = crypto.subtle.decrypt(parameters, key, bytes.subarray(IV_BYTES));
  return opened.then(
    (secret) => new Uint8Array(secret),
    () => undefined,
  );
}

const parametersOf = (iv: Uint8Array, userId: string) => ({
  name: 'AES-GCM',
  iv,
  additionalData: new TextEncoder().encode(userId),
});
