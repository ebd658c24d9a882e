import type { Config } from '../../config/config.ts';
import { importSigningKeys, JWKS_MAX_AGE_SECONDS, type SigningKeys } from '../../crypto/signing-keys.ts';
import { Refusal } from '../../errors.ts';
import type { Deps } from '../deps.ts';

/** Imports the signing keys of `config`. Refuses with `misconfigured` when a key cannot be used. */
export async function getSigningKeys({ signingKeys }: Config): Promise<SigningKeys> {
  try {
    return await importSigningKeys(signingKeys);
  } catch (cause) {
    throw new Refusal('misconfigured', { reason: 'SIGNING_KEYS holds a key that cannot be used', cause });
  }
}

/** The keys that others verify our access tokens with, and for how many seconds they may cache them. */
export type PublishedKeys = { jwks: SigningKeys['publicJwks']; maxAgeSeconds: number };

/** The public halves of all keys. Refuses with `misconfigured`. */
export async function getPublicKeys({ config }: Pick<Deps, 'config'>): Promise<PublishedKeys> {
  const { publicJwks } = await getSigningKeys(config);
  return { jwks: publicJwks, maxAgeSeconds: JWKS_MAX_AGE_SECONDS };
}
