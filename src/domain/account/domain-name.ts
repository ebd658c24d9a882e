import { longestTyped } from '../../crypto/unicode.ts';
import { decodePunycode } from './punycode.ts';

const MAX_LABEL_LENGTH = 63;

/**
 * Characters that a name may have after NFKC: letters, marks, digits, dots, hyphens, and those that IDNA allows in some
 * places.
 */
const TYPED = /^[\u200d\u200c\p{L}\p{M}\p{N}.\u3002\u00b7\u0375\u05f3\u05f4\u30fb-]+$/u;

/** A name in ASCII with two labels or more. The last label is not a number. */
const NAME = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+(?=[a-z0-9-]*[a-z])[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$/;

/** Invisible characters. The URL parser drops them, except the joiners: it checks where they stand. */
const INVISIBLE = /(?![\u200c\u200d])\p{Default_Ignorable_Code_Point}/u;

/**
 * Characters where a label must not have them (RFC 5892, appendix A). The URL parser checks A.1, A.2 (joiners), A.8 and
 * A.9 (digits).
 */
const OUT_OF_CONTEXT = [
  /(?<!l)\u00b7|\u00b7(?!l)/, // A.3: the middle dot of Catalan, between two l
  /\u0375(?!\p{Script=Greek})/u, // A.4: the Greek keraia
  /(?<!\p{Script=Hebrew})[\u05f3\u05f4]/u, // A.5, A.6: geresh and gershayim
  /^(?!.*[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]).*\u30fb/u, // A.7: the middle dot of Japanese
];

/**
 * The canonical form of a domain name, typed in Unicode (after NFKC) or in ASCII: A-labels in lower case (RFC 5890).
 * The URL parser converts it (UTS #46, not transitional). `undefined` when IDNA does not allow `typed`, or it has only
 * one label.
 */
export function parseDomainName(typed: string): string | undefined {
  if (!TYPED.test(typed) || INVISIBLE.test(typed)) return undefined;
  const isLong = typed.split(/[.\u3002]/).some((label) => label.length > longestTyped(MAX_LABEL_LENGTH));
  const name = isLong ? undefined : toAscii(typed);
  return name !== undefined && NAME.test(name) && isDecodable(name) ? name : undefined;
}

function toAscii(domain: string): string | undefined {
  return URL.canParse(`http://${domain}`) ? new URL(`http://${domain}`).hostname : undefined;
}

/** Whether the Unicode form of `name` is allowed, and encodes to `name` again (RFC 5891, section 5.4). */
function isDecodable(name: string): boolean {
  const labels = name.split('.').map((label) => (label.startsWith('xn--') ? decodePunycode(label.slice(4)) : label));
  if (labels.some((label) => label === undefined || OUT_OF_CONTEXT.some((rule) => rule.test(label)))) return false;
  return toAscii(labels.join('.')) === name;
}
