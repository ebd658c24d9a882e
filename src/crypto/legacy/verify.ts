import { toNfkc } from '../unicode.ts';
import { verifyBcrypt } from './bcrypt.ts';
import { encryptSignerKey } from './firebase.ts';
import type { FirebaseParameters } from './firebase-parameters.ts';
import type { LegacyHash } from './legacy-hash.ts';
import { anyPbkdf2 } from './pbkdf2.ts';
import { scrypt } from './scrypt.ts';

/**
 * Whether `hash` is a hash of `password`, which the original system takes as it was typed, in UTF-8. Compares in constant
 * time. Throws `UnsupportedHashError` for a hash of Firebase without the parameters of its project.
 */
export async function verifyLegacyHash(
  password: string,
  hash: LegacyHash,
  firebase: FirebaseParameters | undefined,
): Promise<boolean> {
  if (hash.scheme === 'bcrypt') return verifyBcrypt(password, hash.text);
  return crypto.subtle.timingSafeEqual(await derive(password, hash, firebase), hash.derived);
}

/** What `hash` would have in the place of `derived` if it were a hash of `password`. */
function derive(
  password: string,
  hash: Exclude<LegacyHash, { scheme: 'bcrypt' }>,
  firebase: FirebaseParameters | undefined,
): Promise<Uint8Array> {
  if (hash.scheme === 'firebase-scrypt') return encryptSignerKey(password, hash.salt, firebase);
  if (hash.scheme === 'werkzeug-scrypt') return scrypt(password, hash);
  // Better Auth is the one system here that normalizes passwords.
  if (hash.scheme === 'better-auth-scrypt') return scrypt(toNfkc(password), hash);
  return anyPbkdf2(password, hash);
}
