import type { LegacyHash } from '../legacy-hash.ts';
import { checkBounds, checkLength, malformed } from './check.ts';

/** 22 characters of salt and 31 of hash. The spare bits of both last characters are zero, as bcrypt writes them. */
const REST = /^[./A-Za-z\d]{21}[.Oeu][./A-Za-z\d]{30}[.CGKOSWaeimquy26]$/;

/**
 * `$2b$<cost>$<salt><hash>`, or `$2a$` or `$2y$`, which are the same for bcrypt as it is today. Each step of the cost
 * doubles the work: cost 14 takes about a second.
 */
export function readBcrypt(stored: string): LegacyHash {
  const [, digits] = /^\$2[aby]\$(\d\d)\$/.exec(stored) ?? [];
  if (digits === undefined) throw malformed('bcrypt', 'two digits of cost');
  const cost = checkBounds('bcrypt', 'cost', Number(digits), { min: 4, max: 14 });
  checkLength('bcrypt', stored, 60);
  if (!REST.test(stored.slice(7))) throw malformed('bcrypt', 'a salt and a hash in its own base64');
  return { scheme: 'bcrypt', cost, text: stored };
}
