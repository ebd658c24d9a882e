import type { LegacyHash } from '../legacy-hash.ts';
import { bytesOfBase64, bytesOfText } from './bytes.ts';
import { checkBounds, checkLength, malformed } from './check.ts';
import { PBKDF2_ITERATIONS, SALT_TEXT } from './limits.ts';

const scheme = 'django-pbkdf2';

/** `pbkdf2_sha256$<iterations>$<salt>$<hash>`, Django's default: a salt of text, and 32 bytes in base64 (RFC 4648). */
export function readDjango(stored: string): LegacyHash {
  const [, digits, rest] = /^pbkdf2_sha256\$(\d{1,10})\$(.*)$/.exec(stored) ?? [];
  if (rest === undefined) throw malformed(scheme, 'a number of iterations');
  const iterations = checkBounds(scheme, 'iterations', Number(digits), PBKDF2_ITERATIONS);
  const [salt = '', hash = '', ...others] = rest.split('$');
  if (others.length > 0 || !SALT_TEXT.test(salt)) throw malformed(scheme, 'a salt of 1 to 64 characters, and a hash');
  checkLength(scheme, hash, 44, 'characters of hash');
  if (!/^[A-Za-z\d+/]{42}[AEIMQUYcgkosw048]=$/.test(hash)) throw malformed(scheme, 'a hash in base64');
  return { scheme, iterations, salt: bytesOfText(salt), derived: bytesOfBase64(hash) };
}
