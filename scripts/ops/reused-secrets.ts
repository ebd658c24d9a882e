import { parseJson } from '../secrets/parse.ts';

type Values = Readonly<Record<string, unknown>>;

/**
 * Those of `names` whose secret, or a part of it such as one of several keys, is also in one of the `profiles`, under
 * any name.
 */
export function findReusedSecrets(names: string[], values: Values, profiles: Values[]): string[] {
  const known = new Set(profiles.flatMap((profile) => names.flatMap((name) => partsOf(name, profile[name]))));
  return names.filter((name) => partsOf(name, values[name]).some((part) => known.has(part)));
}

/** The secret parts of the secret `name`, normalized so that two spellings of a part are equal. */
export function partsOf(name: string, value: unknown): string[] {
  if (typeof value !== 'string' || value.trim() === '') return [];
  if (name === 'SIGNING_KEYS') return privateParts(value);
  if (name === 'SECRET_KEY') return [spell(value)];
  if (name === 'PASSWORD_PEPPER' || name === 'OAUTH_CLIENTS') return value.split(',').map(withoutId).map(spell);
  // A project of Firebase has the same parameters wherever its users are imported.
  if (name === 'FIREBASE_SCRYPT') return [];
  return [value.trim()];
}

/** The private halves in a JWKS (RFC 7518, sections 6.2.2 and 6.3.2; RFC 8037, section 2): each belongs to one key. */
function privateParts(jwks: string): string[] {
  const set = parseJson(jwks);
  const keys: unknown = typeof set === 'object' && set !== null && 'keys' in set ? set.keys : undefined;
  if (!Array.isArray(keys)) return [jwks.trim()];
  return keys.flatMap((key: unknown) =>
    typeof key === 'object' && key !== null && 'd' in key && typeof key.d === 'string' ? [spell(key.d)] : [],
  );
}

const withoutId = (entry: string) => entry.slice(entry.indexOf(':') + 1);

/** The bytes in base64 or base64url, as hex. Node decodes both, and ignores white space and padding. */
const spell = (base64: string) => Buffer.from(base64, 'base64').toString('hex');
