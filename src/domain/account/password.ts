import type { Config } from '../../config/config.ts';
import { MAX_PASSWORD_LENGTH } from '../../crypto/bounds.ts';
import type { HashingParameters, LegacyTerms } from '../../crypto/password-hash.ts';
import { longestTyped, toNfkc } from '../../crypto/unicode.ts';

/** How to make a new hash under `config`. */
export function hashingParameters({ passwordIterations, passwordPeppers }: Config): HashingParameters {
  return { iterations: passwordIterations, peppers: passwordPeppers };
}

/** What `config` says at `at` about hashes that other systems have made. */
export function legacyTerms({ legacyHashesUntil, firebaseScrypt }: Config, at: Date): LegacyTerms {
  return { areAccepted: legacyHashesUntil === undefined || at < legacyHashesUntil.end, firebase: firebaseScrypt };
}

/** Why `text` cannot be a password, old or new; `undefined` when it can. */
export function passwordFault(text: string): string | undefined {
  const tooLong = `Must have at most ${MAX_PASSWORD_LENGTH} characters.`;
  if (text.length > longestTyped(MAX_PASSWORD_LENGTH)) return tooLong;
  if (!text.isWellFormed() || text.includes('\0')) return 'Must be Unicode text without NUL.';
  return lengthOf(text) > MAX_PASSWORD_LENGTH ? tooLong : undefined;
}

/** The length of a password in code points after NFKC. */
export const lengthOf = (password: string): number => Array.from(toNfkc(password)).length;
