import type { LegacyHash } from '../legacy-hash.ts';
import { bytesOfHex, bytesOfText } from './bytes.ts';
import { checkLength, malformed } from './check.ts';

const scheme = 'better-auth-scrypt';

/**
 * `<salt>:<hash>`: 16 and 64 bytes in hex. The parameters are Better Auth's own for all hashes, and scrypt takes the 32
 * hex digits of the salt as text.
 */
export function readBetterAuth(stored: string): LegacyHash {
  const salt = stored.slice(0, 32);
  const hash = stored.slice(33);
  checkLength(scheme, hash, 128, 'hex digits of hash');
  if (!/^[\da-f]+$/.test(hash)) throw malformed(scheme, 'a hash in small hex digits');
  return { scheme, N: 16_384, r: 16, p: 1, salt: bytesOfText(salt), derived: bytesOfHex(hash) };
}
