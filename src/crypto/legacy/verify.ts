import { toNfkc } from '../unicode.ts';
import { verifyBcrypt } from './bcrypt.ts';
import { verifyFirebase } from './firebase.ts';
import type { FirebaseParameters } from './firebase-parameters.ts';
import type { LegacyHash } from './legacy-hash.ts';
import { verifyPbkdf2 } from './pbkdf2.ts';
import { verifyScrypt } from './scrypt.ts';

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
  if (hash.scheme === 'firebase-scrypt') return verifyFirebase(password, hash, firebase);
  if (hash.scheme === 'werkzeug-scrypt') return verifyScrypt(password, hash);
  // Better Auth is the one system here that normalizes passwords.
  if (hash.scheme === 'better-auth-scrypt') return verifyScrypt(toNfkc(password), hash);
  return verifyPbkdf2(password, hash);
}
