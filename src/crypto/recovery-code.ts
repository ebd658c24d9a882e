import { base64url } from 'jose';
import { encodeBase32 } from './base32.ts';
import { deriveHmacKey, hmacSha256 } from './secret.ts';

const PURPOSE = 'latchkey recovery code v1';

const CODES = 10;
const CODE_BYTES = 10;
const MAX_TYPED_LENGTH = 64;

/** Ten new recovery codes: `XXXX-XXXX-XXXX-XXXX` in base32, of 80 random bits each. */
export function makeRecoveryCodes(): string[] {
  return Array.from({ length: CODES }, () => {
    const code = encodeBase32(crypto.getRandomValues(new Uint8Array(CODE_BYTES)));
    return code.replaceAll(/.{4}(?=.)/g, '$&-');
  });
}

/**
 * The recovery code that somebody typed: 16 characters of base32 without hyphens. `undefined` when it has not the form of
 * one. Forgives small letters, blanks, any hyphens, and the digits 0, 1 and 8, which no code has, for O, I and B.
 */
export function parseRecoveryCode(typed: string): string | undefined {
  if (typed.length > MAX_TYPED_LENGTH) return undefined;
  const code = typed
    .replaceAll(/[\s\p{Pd}]/gu, '')
    .toUpperCase()
    .replaceAll('0', 'O')
    .replaceAll('1', 'I')
    .replaceAll('8', 'B');
  return /^[A-Z2-7]{16}$/.test(code) ? code : undefined;
}

/**
 * What is stored of the parsed recovery `code` of the account `userId`: an HMAC-SHA256 in base64url, under a key derived
 * from `secretKey` (base64). 80 random bits need no slow hash.
 */
export async function recoveryCodeMac(code: string, userId: string, secretKey: string): Promise<string> {
  const key = await deriveHmacKey(secretKey, PURPOSE);
  return base64url.encode(await hmacSha256(key, new TextEncoder().encode(`${userId}.${code}`)));
}
