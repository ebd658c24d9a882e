import { foldCase } from '../../crypto/unicode.ts';
import list from './common-passwords.txt';

/** Each password between two line feeds, so that one search of the text finds a whole one. A checkout may have added CRs. */
const lines = `\n${list.replaceAll('\r', '')}`;

/** Up to six characters over and over, sixteen in all at most: `11111111`, `12341234`, `qwertyqwerty`. */
const REPEATED = /^(?=.{2,16}$)(.{1,6})\1+$/su;

/** A password is as common when it is a stretch of one of these, in either direction: `abcdefgh`, `87654321`. */
const ROWS = ['01234567890', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'].flatMap(bothWays);

/**
 * Whether `password`, as a whole and after NFKC and lower case, is among those that attackers try first: the list beside
 * this file (`npm run passwords:generate`, NOTICE), which leaves repetitions and rows out, or one of those. No list of
 * breaches: what is not common may be known all the same. NIST SP 800-63B-4, section 3.1.1.2; OWASP ASVS 5.0, 6.2.4.
 */
export function isCommonPassword(password: string): boolean {
  const folded = foldCase(password);
  return lines.includes(`\n${folded}\n`) || REPEATED.test(folded) || ROWS.some((row) => row.includes(folded));
}

function bothWays(row: string): string[] {
  return [row, Array.from(row).toReversed().join('')];
}
