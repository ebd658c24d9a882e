import { foldCase } from '../../crypto/unicode.ts';
import { decodeWords } from './front-coding.ts';

/** The passwords in the list, which the first request that needs them loads and decodes. */
let listed: Set<string> | undefined;

/** Up to six characters, repeated, at most sixteen in all: `11111111`, `12341234`, `qwertyqwerty`. */
const REPEATED = /^(?=.{2,16}$)(.{1,6})\1+$/su;

/** A part of one of these, in either direction, is common too: `abcdefgh`, `87654321`. */
const ROWS = ['01234567890', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'].flatMap(bothWays);

/**
 * Whether attackers try `password` first, in any case and width: it is in the list beside this file (`npm run
 * passwords:generate`, NOTICE), a repetition, or a row of keys or letters. The list is not a list of breaches. Sources:
 * NIST SP 800-63B-4, section 3.1.1.2; OWASP ASVS 5.0, 6.2.4.
 */
export async function isCommonPassword(password: string): Promise<boolean> {
  const folded = foldCase(password);
  listed ??= new Set(decodeWords((await import('./common-passwords.txt')).default));
  return listed.has(folded) || REPEATED.test(folded) || ROWS.some((row) => row.includes(folded));
}

function bothWays(row: string): string[] {
  return [row, Array.from(row).toReversed().join('')];
}
