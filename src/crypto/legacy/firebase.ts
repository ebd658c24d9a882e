import type { FirebaseParameters } from './firebase-parameters.ts';
import { scrypt } from './scrypt.ts';
import { UnsupportedHashError } from './unsupported-hash.ts';

/**
 * The signer key of the project, encrypted with the 32 bytes that scrypt derives from `password` and both salts: AES-256 in
 * counter mode from zero. It is what Firebase keeps as a hash. Source: https://github.com/firebase/scrypt. Throws
 * `UnsupportedHashError` without parameters.
 */
export async function encryptSignerKey(
  password: string,
  salt: Uint8Array,
  parameters: FirebaseParameters | undefined,
): Promise<Uint8Array> {
  if (parameters === undefined) throw new UnsupportedHashError('firebase-scrypt needs the secret FIREBASE_SCRYPT.');
  const { signerKey, saltSeparator, rounds, memCost } = parameters;
  const bothSalts = Uint8Array.from([...salt, ...saltSeparator]);
  const derived = await scrypt(password, { N: 2 ** memCost, r: rounds, p: 1, salt: bothSalts, length: 32 });
  const key = await crypto.subtle.importKey('raw', derived, 'AES-CTR', false, ['encrypt']);
  const fromZero = { name: 'AES-CTR', counter: new Uint8Array(16), length: 64 };
  return new Uint8Array(await crypto.subtle.encrypt(fromZero, key, signerKey));
}
