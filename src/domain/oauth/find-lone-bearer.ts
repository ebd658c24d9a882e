import { type AccessTokenClaims, type AnyClaims, isOfMachine } from '../../crypto/access-token-claims.ts';
import { Refusal } from '../../errors.ts';
import type { Deps } from '../deps.ts';
import type { Bearer } from '../session/bearer.ts';
import { findStanding, refuseStale, requireStanding } from '../session/standing.ts';

/** What the check of an access token without a session needs. */
export type LoneTokenDeps = Pick<Deps, 'clients' | 'apiKeys' | 'denylist'>;

type LoneClaims = Exclude<AnyClaims, AccessTokenClaims>;

/** What the database knows about whom a token was issued to. */
type Owner = { isEnabled: boolean; version: number; rightsVersion: number };

/**
 * The bearer of an access token without a session, whose `claims` have been verified. One round trip to the database and
 * one KV read, at once. Only KV knows of a token that was revoked by itself, so when KV is out of reach this rejects with
 * `StorageFailure`. Refuses with `revoked_token`, also when the owner is gone or disabled, and with `expired_token` when
 * the user has other rights by now.
 */
export async function findLoneBearer(deps: LoneTokenDeps, claims: LoneClaims): Promise<Bearer> {
  const [owner, standing] = await Promise.all([findOwner(deps, claims), findStanding(deps.denylist, claims)]);
  requireStanding(standing);
  if (owner === undefined) throw new Refusal('revoked_token', { reason: 'its API key or client is gone' });
  if (!owner.isEnabled) throw new Refusal('revoked_token', { reason: 'disabled owner' });
  if (isOfMachine(claims)) {
    if (claims.client_version < owner.version) throw new Refusal('revoked_token');
    return { kind: 'machine', claims };
  }
  if (claims.user_version < owner.version) throw new Refusal('revoked_token');
  if (claims.rights_version < owner.rightsVersion) throw refuseStale();
  return { kind: 'user', claims };
}

/** The owner of the token; `undefined` without one, or when the API key that it was exchanged for is revoked. */
async function findOwner({ clients, apiKeys }: LoneTokenDeps, { key_id, sub }: LoneClaims): Promise<Owner | undefined> {
  if (key_id === undefined) {
    const client = await clients.find(sub);
    return client && { isEnabled: client.disabledAt === null, version: client.version, rightsVersion: 0 };
  }
  const row = await apiKeys.findWithOwner(key_id);
  const owner = row?.user ?? row?.client;
  if (row === undefined || row.key.revokedAt !== null || !owner || owner.id !== sub) return undefined;
  const rightsVersion = 'rightsVersion' in owner ? owner.rightsVersion : 0;
  return { isEnabled: owner.disabledAt === null, version: owner.version, rightsVersion };
}
