import type { LegacyHash } from './legacy/legacy-hash.ts';

/**
 * The schemes of other systems, each with what its hashes look like. The API, the events and the documentation use these
 * names.
 */
const legacySchemes = {
  bcrypt: /^\$2[aby]\$/,
  'werkzeug-scrypt': /^scrypt:/,
  'werkzeug-pbkdf2': /^pbkdf2:sha256:/,
  'django-pbkdf2': /^pbkdf2_sha256\$/,
  'better-auth-scrypt': /^[0-9a-f]{32}:[0-9a-f]{128}$/,
  'firebase-scrypt': /^\$firebase-scrypt\$/,
} as const satisfies Record<LegacyHash['scheme'], RegExp>;

/** The scheme of a hash that another system has made. The API, the events and the documentation use these names. */
export type LegacyScheme = keyof typeof legacySchemes;

/** The scheme of this service: PBKDF2 split into calls. */
export const OWN_SCHEME = 'pbkdf2-sha256-split';

/** A scheme by its name: `none` for a hash that no password has, `unknown` for one that nobody can verify. */
export type PasswordScheme = typeof OWN_SCHEME | LegacyScheme | 'none' | 'unknown';

/** The hash of no known password: a hash of zeros. Verifying it costs what verifying another one costs. */
export const UNUSABLE_HASH = `$${OWN_SCHEME}$i=1,p=$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** The end of that hash. */
const ZEROS = /\$A{22}\$A{43}$/;

const MAX_HASH_LENGTH = 512;

/** The scheme of `stored` by its beginning. The hash can be cut off all the same. */
export function schemeOf(stored: string): PasswordScheme {
  if (stored.length > MAX_HASH_LENGTH) return 'unknown';
  if (stored.startsWith(`$${OWN_SCHEME}$`)) return ZEROS.test(stored) ? 'none' : OWN_SCHEME;
  return legacySchemeNames.find((name) => legacySchemes[name].test(stored)) ?? 'unknown';
}

const isLegacyScheme = (name: string): name is LegacyScheme => Object.hasOwn(legacySchemes, name);

const legacySchemeNames = Object.keys(legacySchemes).filter(isLegacyScheme);
