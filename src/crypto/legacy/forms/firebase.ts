import type { LegacyHash } from '../legacy-hash.ts';
import { bytesOfBase64 } from './bytes.ts';
import { checkLength, malformed } from './check.ts';

const scheme = 'firebase-scrypt';

/** Base64 in either alphabet, without padding, of 1 to 48 bytes. */
const SALT = /^(?:[\w+/-]{4}){0,15}[\w+/-]{2,4}$/;

/**
 * `$firebase-scrypt$<salt>$<hash>`: the `salt` and the `passwordHash` of `firebase auth:export`, in base64. The hash is as
 * long as the signer key of a project, 64 bytes.
 */
export function readFirebase(stored: string): LegacyHash {
  const [salt = '', hash = '', ...others] = stored
    .slice('$firebase-scrypt$'.length)
    .split('$')
    .map((part) => part.replace(/={1,2}$/, ''));
  if (others.length > 0 || !SALT.test(salt)) throw malformed(scheme, 'a salt of 1 to 48 bytes in base64, and a hash');
  checkLength(scheme, hash, 86, 'characters of hash without padding');
  if (!/^[\w+/-]+$/.test(hash)) throw malformed(scheme, 'a hash in base64');
  return { scheme, salt: bytesOfBase64(salt), derived: bytesOfBase64(hash) };
}
