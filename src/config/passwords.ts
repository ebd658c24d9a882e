import { z } from 'zod';
import { MAX_PASSWORD_LENGTH, PEPPER_ID } from '../crypto/bounds.ts';
import { isRandomKey, isSecure, oneOf, splitPair, text, wholeNumber } from './fields.ts';

/** Keys with ids, the one in force first. */
const peppers = text
  .transform((list) => list.split(',').map(splitPair))
  .transform((pairs) => pairs.map(({ id, value: key }) => ({ id, key })))
  .refine((list) => list.every(({ id, key }) => PEPPER_ID.test(id) && isRandomKey(key)), {
    error: 'must be id:key, the key at least 32 random bytes in base64; several, the one in force first, with commas',
  })
  .refine((list) => new Set(list.map(({ id }) => id)).size === list.length, { error: 'must not name an id twice' });

/** The range API of Have I Been Pwned, or a mirror of it. The service appends a prefix to this URL. */
const rangeUrl = text.refine(isRangeUrl, {
  error: 'must be an https URL without query that ends in / (http on localhost only)',
});

/** How passwords are hashed, and which new ones are accepted. Lengths are in characters. */
export const passwords = z
  .object({
    PBKDF2_ITERATIONS: wholeNumber(1000, 10_000_000).default(600_000),
    PASSWORD_MIN_LENGTH: wholeNumber(1, 64).default(8),
    PASSWORD_MAX_LENGTH: wholeNumber(64, MAX_PASSWORD_LENGTH).default(MAX_PASSWORD_LENGTH),
    PASSWORD_COMMON: oneOf('refuse', 'allow').default('refuse'),
    PASSWORD_BREACH_CHECK: oneOf('off', 'fail-open', 'fail-closed').default('off'),
    PASSWORD_BREACH_URL: rangeUrl.default('https://api.pwnedpasswords.com/range/'),
    PASSWORD_PEPPER: peppers.default([]),
  })
  .transform((env) => ({
    passwordIterations: env.PBKDF2_ITERATIONS,
    passwordMinLength: env.PASSWORD_MIN_LENGTH,
    passwordMaxLength: env.PASSWORD_MAX_LENGTH,
    mayBeCommon: env.PASSWORD_COMMON === 'allow',
    breachCheck: env.PASSWORD_BREACH_CHECK,
    breachUrl: env.PASSWORD_BREACH_URL,
    passwordPeppers: env.PASSWORD_PEPPER,
  }));

function isRangeUrl(value: string): boolean {
  return /^https?:\/\/[^?#@\s\\]+\/$/.test(value) && URL.canParse(value) && isSecure(new URL(value));
}
