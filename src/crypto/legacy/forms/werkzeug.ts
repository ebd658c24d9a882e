import type { LegacyHash } from '../legacy-hash.ts';
import { bytesOfHex, bytesOfText } from './bytes.ts';
import { checkBounds, checkLength, malformed } from './check.ts';
import { checkScrypt } from './scrypt-bounds.ts';
import { PBKDF2_ITERATIONS, SALT_TEXT } from './limits.ts';

/** `scrypt:<N>:<r>:<p>$<salt>$<hash>`, as Werkzeug has made it since 2.3: a salt of text, and 64 bytes in hex. */
export function readWerkzeugScrypt(stored: string): LegacyHash {
  const scheme = 'werkzeug-scrypt';
  const [, N, r, p, rest] = /^scrypt:(\d{1,10}):(\d{1,10}):(\d{1,10})\$(.*)$/.exec(stored) ?? [];
  if (rest === undefined) throw malformed(scheme, 'the numbers N, r and p');
  const parameters = checkScrypt(scheme, { N: Number(N), r: Number(r), p: Number(p) });
  return { scheme, ...parameters, ...readEnd(scheme, rest, 64) };
}

/** `pbkdf2:sha256:<iterations>$<salt>$<hash>`, as Werkzeug made it before: a salt of text, and 32 bytes in hex. */
export function readWerkzeugPbkdf2(stored: string): LegacyHash {
  const scheme = 'werkzeug-pbkdf2';
  const [, digits, rest] = /^pbkdf2:sha256:(\d{1,10})\$(.*)$/.exec(stored) ?? [];
  if (rest === undefined) throw malformed(scheme, 'a number of iterations');
  const iterations = checkBounds(scheme, 'iterations', Number(digits), PBKDF2_ITERATIONS);
  return { scheme, iterations, ...readEnd(scheme, rest, 32) };
}

function readEnd(scheme: string, rest: string, length: number): { salt: Uint8Array; derived: Uint8Array } {
  const [salt = '', hex = '', ...others] = rest.split('$');
  if (others.length > 0 || !SALT_TEXT.test(salt)) throw malformed(scheme, 'a salt of 1 to 64 characters, and a hash');
  checkLength(scheme, hex, 2 * length, 'hex digits of hash');
  if (!/^[\da-f]+$/.test(hex)) throw malformed(scheme, 'a hash in small hex digits');
  return { salt: bytesOfText(salt), derived: bytesOfHex(hex) };
}
