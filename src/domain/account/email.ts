import { longestTyped, toNfkc } from '../../crypto/unicode.ts';
import { parseDomainName } from './domain-name.ts';

/** The longest address, in characters of its canonical form (RFC 5321, section 4.5.3.1). */
export const MAX_EMAIL_LENGTH = 254;

const MAX_LOCAL_PART_LENGTH = 64;

/** Letters, digits and the marks that RFC 5322 allows in an atom, dots between them; the scripts of RFC 6531 too. */
const LOCAL_PART = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;

/** Characters that nobody sees: with them, two accounts would look like one. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;

/**
 * The one form of an e-mail address, however it was typed: trimmed, NFKC, lower case, the domain in ASCII (IDNA), at most
 * 254 characters (RFC 5321, section 4.5.3.1). `undefined` when `input` is not an address.
 */
export function parseEmail(input: string): string | undefined {
  const trimmed = input.trim();
  if (trimmed.length > longestTyped(MAX_EMAIL_LENGTH)) return undefined;
  const typed = toNfkc(trimmed);
  const at = typed.lastIndexOf('@');
  // A character may also become several: so the length is checked again.
  if (at < 1 || typed.length > longestTyped(MAX_EMAIL_LENGTH)) return undefined;

  const localPart = toLowerCase(typed.slice(0, at));
  if (localPart.length > MAX_LOCAL_PART_LENGTH || !LOCAL_PART.test(localPart) || INVISIBLE.test(localPart)) {
    return undefined;
  }
  const domain = parseDomainName(typed.slice(at + 1));
  const email = `${localPart}@${domain}`;
  return domain !== undefined && email.length <= MAX_EMAIL_LENGTH ? email : undefined;
}

/** A sigma becomes the same one wherever it stands; JavaScript has another for the end of a word. */
const toLowerCase = (text: string) => toNfkc(text.toLowerCase().replaceAll('ς', 'σ'));
