const MAX_LENGTH = 254;
const MAX_LOCAL_PART_LENGTH = 64;

/** Letters, digits and the marks that RFC 5322 allows in an atom, dots between them; the scripts of RFC 6531 too. */
const LOCAL_PART = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;

/** What may be typed for a domain, and what has to become of it: two labels or more, the last one not a number. */
const TYPED_DOMAIN = /^[\p{L}\p{M}\p{N}.\u3002-]+$/u;
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+(?=[a-z0-9-]*[a-z])[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$/;

/** Characters that nobody sees: with them, two accounts would look like one. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;

/**
 * The one form of an e-mail address, however it was typed: trimmed, NFKC, lower case, the domain in ASCII (IDNA), at most
 * 254 characters (RFC 5321, section 4.5.3.1). `undefined` when `input` is not an address.
 */
export function parseEmail(input: string): string | undefined {
  const typed = input.trim().normalize('NFKC');
  const at = typed.lastIndexOf('@');
  if (at < 1 || INVISIBLE.test(typed)) return undefined;

  const localPart = toLowerCase(typed.slice(0, at));
  const domain = toAscii(typed.slice(at + 1));
  const email = `${localPart}@${domain}`;
  const isAddress = LOCAL_PART.test(localPart) && DOMAIN.test(domain);
  return isAddress && localPart.length <= MAX_LOCAL_PART_LENGTH && email.length <= MAX_LENGTH ? email : undefined;
}

/** A sigma becomes the same one wherever it stands; JavaScript has another for the end of a word. */
const toLowerCase = (text: string) => text.toLowerCase().replaceAll('ς', 'σ').normalize('NFKC');

/** The host that a URL parser makes of `domain`, lower case included; '' where it makes none. */
function toAscii(domain: string): string {
  if (!TYPED_DOMAIN.test(domain) || !URL.canParse(`http://${domain}`)) return '';
  return new URL(`http://${domain}`).hostname;
}
