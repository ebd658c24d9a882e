import { longestTyped, toNfkc } from '../../crypto/unicode.ts';
import { parseDomainName } from './domain-name.ts';

/** The longest address, in characters of its canonical form (RFC 5321, section 4.5.3.1). */
export const MAX_EMAIL_LENGTH = 254;

const MAX_LOCAL_PART_LENGTH = 64;

/** A dot-atom of RFC 5322, with the letters and digits of every script (RFC 6531). */
const LOCAL_PART = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;

/** Invisible characters. With them, two accounts would look like one. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;

/**
 * The canonical form of an e-mail address: trimmed, NFKC, lower case, the domain in ASCII (IDNA). `undefined` when
 * `input` is not an address, or is longer than 254 characters.
 */
export function parseEmail(input: string): string | undefined {
  const trimmed = input.trim();
  if (trimmed.length > longestTyped(MAX_EMAIL_LENGTH)) return undefined;
  const typed = toNfkc(trimmed);
  const at = typed.lastIndexOf('@');
  // NFKC can turn one character into several, so check the length again.
  if (at < 1 || typed.length > longestTyped(MAX_EMAIL_LENGTH)) return undefined;

  const localPart = toLowerCase(typed.slice(0, at));
  if (localPart.length > MAX_LOCAL_PART_LENGTH || !LOCAL_PART.test(localPart) || INVISIBLE.test(localPart)) {
    return undefined;
  }
  const domain = parseDomainName(typed.slice(at + 1));
  const email = `${localPart}@${domain}`;
  return domain !== undefined && email.length <= MAX_EMAIL_LENGTH ? email : undefined;
}

/** Lower case, with one form of sigma. JavaScript uses a different one at the end of a word. */
export const toLowerCase = (text: string) => toNfkc(text.toLowerCase().replaceAll('ς', 'σ'));
