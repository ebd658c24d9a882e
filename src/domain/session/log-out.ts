import type { AccessTokenClaims } from '../../crypto/access-token-claims.ts';
import {
  getUnrevokedCaller,
  type RevocationDeps,
  revokeAllSessions,
  revokeOtherSessions,
  revokeSessionOfToken,
} from '../revocation.ts';
import { type AuthenticationDeps, findRevoker, refusalOf } from './authenticate.ts';

/** Which sessions of the caller a logout ends: the one that asks, all but that one, or all. */
export const logoutScopes = ['session', 'others', 'all'] as const;

export type LogoutScope = (typeof logoutScopes)[number];

/**
 * Ends sessions of the bearer of `claims`. Rejects with `StorageFailure` unless database and denylist have recorded the
 * logout; asking again completes it. The scope `session` takes one round trip, to both at once. It revokes a session
 * that is not live too, and then refuses: with `revoked_token`, `expired_token`, or `invalid_token` when the user is
 * gone or disabled. Refuses as `revokeOtherSessions` does.
 */
export async function logOut(
  deps: AuthenticationDeps & RevocationDeps,
  claims: AccessTokenClaims,
  scope: LogoutScope,
): Promise<void> {
  if (scope === 'session') {
    const state = await revokeSessionOfToken(deps, claims);
    if (state !== 'live') throw refusalOf(state);
    return;
  }
  const { user } = await getUnrevokedCaller(deps, await findRevoker(deps, claims, deps.now()));
  if (scope === 'all') await revokeAllSessions(deps, user.id, { sessionId: claims.sid });
  else await revokeOtherSessions(deps, { id: claims.sid, userId: user.id });
}
