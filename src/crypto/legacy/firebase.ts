import type { FirebaseParameters } from './firebase-parameters.ts';
import { scrypt } from './scrypt.ts';
import { UnsupportedHashError } from './unsupported-hash.ts';

/**
 * Whether `encrypted` is the signer key of the project, encrypted with the key that scrypt derives from `password`: AES-256
 * in counter mode from zero. Source: github.com/firebase/scrypt. Throws `UnsupportedHashError` without parameters.
 */
export async function verifyFirebase(
  password: string,
  { salt, encrypted }: { salt: Uint8Array; encrypted: Uint8Array },
  parameters: FirebaseParameters | undefined,
): Promise<boolean> {
  if (parameters === undefined) throw new UnsupportedHashError('firebase-scrypt needs the secret FIREBASE_SCRYPT.');
  const { signerKey, saltSeparator, rounds, memCost } = parameters;
  const wholeSalt = Uint8Array.from([...salt, ...saltSeparator]);
  const derived = await scrypt(password, { N: 2 ** memCost, r: rounds, p: 1, salt: wholeSalt, length: 32 });
  const key = await crypto.subtle.importKey('raw', derived, 'AES-CTR', false, ['encrypt']);
  const counterFromZero = { name: 'AES-CTR', counter: new Uint8Array(16), length: 64 };
  const candidate = new Uint8Array(await crypto.subtle.encrypt(counterFromZero, key, signerKey));
  return crypto.subtle.timingSafeEqual(candidate, encrypted);
}
