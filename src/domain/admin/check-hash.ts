import type { Config } from '../../config/config.ts';
import { canVerify, parseOwnHash } from '../../crypto/password-hash.ts';
import { OWN_SCHEME, type PasswordScheme, schemeOf, UNUSABLE_HASH } from '../../crypto/password-scheme.ts';
import { hashingParameters, legacyTerms } from '../account/password.ts';

/** A hash that a login could verify, and the CPU time that this takes. */
export type PricedHash = { stored: string; scheme: PasswordScheme; parameters: string; cpuMilliseconds: number };

/**
 * The price of `hash`, or why no login could verify it at `at`: in words that show no part of it. `null` is the hash of
 * nobody: the user chooses a password by a reset.
 */
export async function checkHash(
  hash: string | null,
  config: Config,
  at: Date,
): Promise<PricedHash | { fault: string }> {
  const scheme = hash === null ? 'none' : schemeOf(hash);
  if (hash === null || scheme === 'none')
    return { stored: UNUSABLE_HASH, scheme: 'none', parameters: '', cpuMilliseconds: 0 };
  const legacy = legacyTerms(config, at);
  const { priceOf, priceOfOwn } = await import('../../crypto/legacy/price.ts');
  if (scheme === OWN_SCHEME) {
    const own = parseOwnHash(hash);
    if (own === undefined) return { fault: `The hash is cut off, or not as ${OWN_SCHEME} writes it.` };
    if (!(await canVerify(hash, hashingParameters(config), legacy)))
      return { fault: 'The hash names a pepper that PASSWORD_PEPPER does not have.' };
    return { stored: hash, scheme, ...priceOfOwn(own.iterations) };
  }
  if (!legacy.areAccepted)
    return { fault: 'Hashes of other systems are no longer accepted: LEGACY_HASHES_UNTIL has passed.' };
  const { parseLegacyHash } = await import('../../crypto/legacy/parse.ts');
  const { UnsupportedHashError } = await import('../../crypto/legacy/unsupported-hash.ts');
  try {
    const parsed = parseLegacyHash(hash);
    if (parsed.scheme === 'firebase-scrypt' && legacy.firebase === undefined)
      return { fault: 'Hashes of Firebase need the secret FIREBASE_SCRYPT.' };
    return { stored: hash, scheme: parsed.scheme, ...priceOf(parsed, legacy.firebase) };
  } catch (error) {
    if (!(error instanceof UnsupportedHashError)) throw error;
    return { fault: error.message };
  }
}
