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
  switch (hash.scheme) {
    case 'bcrypt':
      return verifyBcrypt(password, hash.text);
    case 'werkzeug-scrypt':
      return verifyScrypt(password, hash);
    case 'better-auth-scrypt':
      // The one system here that normalizes passwords.
      return verifyScrypt(password.normalize('NFKC'), hash);
    case 'werkzeug-pbkdf2':
    case 'django-pbkdf2':
      return verifyPbkdf2(password, hash);
    case 'firebase-scrypt':
      return verifyFirebase(password, hash, firebase);
  }
}
