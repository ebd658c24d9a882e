import type { Config } from '../../config/config.ts';
import { MAX_PASSWORD_LENGTH } from '../../crypto/bounds.ts';
import type { HashingParameters } from '../../crypto/password-hash.ts';
import { longestTyped, toNfkc } from '../../crypto/unicode.ts';

/** What new hashes are made with under `config`. */
export function hashingParameters({ passwordIterations, passwordPeppers }: Config): HashingParameters {
  return { iterations: passwordIterations, peppers: passwordPeppers };
}

/** What makes `text` unfit to be anyone's password, old or new; `undefined` when nothing does. */
export function passwordFault(text: string): string | undefined {
  const tooLong = `Must have at most ${MAX_PASSWORD_LENGTH} characters.`;
  if (text.length > longestTyped(MAX_PASSWORD_LENGTH)) return tooLong;
  if (!text.isWellFormed() || text.includes('\0')) return 'Must be Unicode text without NUL.';
  return lengthOf(text) > MAX_PASSWORD_LENGTH ? tooLong : undefined;
}

/** How many characters a password has: code points after NFKC. */
export const lengthOf = (password: string): number => Array.from(toNfkc(password)).length;
