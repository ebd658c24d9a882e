import type { AccessTokenClaims } from '../../crypto/access-token.ts';
import {
  endSession,
  getUnrevokedCaller,
  type RevocationDeps,
  revokeAllSessions,
  revokeOtherSessions,
} from '../revocation.ts';
import { type AuthenticationDeps, findRevoker, refusalOf } from './authenticate.ts';

/** Which sessions of the caller a logout ends: the one that asks, all but that one, or all. */
export const logoutScopes = ['session', 'others', 'all'] as const;

export type LogoutScope = (typeof logoutScopes)[number];

/**
 * Ends sessions of the bearer of `claims`. The session that asks takes one round trip, to database and denylist at
 * once. Rejects with `StorageFailure` unless both have recorded the logout; asking again completes it. Refuses as
 * `authenticate` does, and as `revokeOtherSessions` does.
 */
export async function logOut(
  deps: AuthenticationDeps & RevocationDeps,
  claims: AccessTokenClaims,
  scope: LogoutScope,
): Promise<void> {
  if (scope === 'session') {
    const state = await endSession(deps, claims);
    if (state !== 'live') throw refusalOf(state);
    return;
  }
  const { user } = await getUnrevokedCaller(deps, await findRevoker(deps, claims, deps.now()));
  if (scope === 'all') await revokeAllSessions(deps, user.id);
  else await revokeOtherSessions(deps, { id: claims.sid, userId: user.id });
}
