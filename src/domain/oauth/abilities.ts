import { SIGNING_ALGS } from '../../crypto/bounds.ts';
import type { Deps } from '../deps.ts';
import { grantTypes } from './grant-token.ts';
import { ownScopes } from './own-scopes.ts';

/** What the OAuth endpoints can do, for the metadata (RFC 8414, section 2). */
export function describeAbilities({ config }: Pick<Deps, 'config'>) {
  const scopes = [...config.userScopes.map(({ scope }) => scope), ...Object.keys(ownScopes)];
  return {
    issuer: config.issuer,
    grantTypes: [...grantTypes],
    /** The algorithms of client assertions. EdDSA has two names (RFC 9864). */
    assertionAlgs: [...SIGNING_ALGS, 'Ed25519'],
    scopes: [...new Set(scopes)].toSorted(),
  };
}
