import { type AccessTokenClaims, type AnyClaims, isOfMachine, isOfSession } from '../../crypto/access-token-claims.ts';
import { Refusal } from '../../errors.ts';
import type { Denylist, LoneToken, Standing, TokenSession } from '../../store/denylist.ts';

/** What the denylist says about the access token of anybody. One KV read. Rejects with `StorageFailure`. */
export async function findStanding(denylist: Denylist, claims: AnyClaims): Promise<Standing> {
  return isOfSession(claims)
    ? denylist.findStanding(sessionOf(claims))
    : denylist.findStandingOfLone(loneTokenOf(claims));
}

/** Refuses with `revoked_token` and `expired_token` what the denylist does not accept. */
export function requireStanding(standing: Standing): void {
  if (standing === 'revoked') throw new Refusal('revoked_token');
  if (standing === 'stale') throw refuseStale();
}

/** The refusal of an access token that was signed under other rights. Its client refreshes, and gets the new ones. */
export const refuseStale = () => new Refusal('expired_token', { reason: 'signed under other rights' });

/** What the denylist is asked about the access token of a person. */
export function sessionOf({ sid, sub, user_version, rights_version }: AccessTokenClaims): TokenSession {
  return { id: sid, userId: sub, userVersion: user_version, rightsVersion: rights_version };
}

function loneTokenOf(claims: Exclude<AnyClaims, AccessTokenClaims>): LoneToken {
  const { jti: id, key_id: keyId, sub: subject } = claims;
  if (isOfMachine(claims)) return { id, keyId, subject, version: claims.client_version, rightsVersion: undefined };
  return { id, keyId, subject, version: claims.user_version, rightsVersion: claims.rights_version };
}
