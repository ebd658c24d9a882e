import type { Config } from '../../config/config.ts';
import { importSigningKeys, type SigningKeys } from '../../crypto/signing-keys.ts';
import { Refusal } from '../../errors.ts';
import type { Deps } from '../deps.ts';

/** The keys of `config`, ready for use. Refuses with `misconfigured` when one of them is not what it says it is. */
export async function getSigningKeys({ signingKeys }: Config): Promise<SigningKeys> {
  try {
    return await importSigningKeys(signingKeys);
  } catch (cause) {
    throw new Refusal('misconfigured', { reason: 'SIGNING_KEYS holds a key that cannot be used', cause });
  }
}

/** The public halves of all keys, as a JWKS: what others verify our access tokens with. Refuses with `misconfigured`. */
export async function getPublicKeys({ config }: Pick<Deps, 'config'>): Promise<SigningKeys['publicJwks']> {
  return (await getSigningKeys(config)).publicJwks;
}
