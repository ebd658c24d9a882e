import { toNfkc } from '../../crypto/unicode.ts';
import { parseDomainName } from './domain-name.ts';
import { MAX_EMAIL_LENGTH, parseEmail, toLowerCase } from './email.ts';

/**
 * The beginning of an address, or of a domain with the @ before it, in the canonical form of addresses. `undefined` when it
 * is empty or longer than an address. It may be the beginning of no address at all.
 */
export function parseEmailStart(typed: string): string | undefined {
  const trimmed = typed.trim();
  if (trimmed.length > MAX_EMAIL_LENGTH) return undefined;
  const start = toLowerCase(toNfkc(trimmed));
  if (start.length === 0 || start.length > MAX_EMAIL_LENGTH) return undefined;
  const domain = start.startsWith('@') ? parseDomainName(start.slice(1)) : undefined;
  return domain === undefined ? (parseEmail(trimmed) ?? start) : `@${domain}`;
}
