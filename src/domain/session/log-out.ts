import {
  getUnrevokedCaller,
  type RevocationDeps,
  revokeAllSessions,
  revokeOtherSessions,
  revokeSession,
} from '../revocation.ts';
import type { Revoker } from './authenticate.ts';

/** Which sessions of the caller a logout ends: the one that asks, all but that one, or all. */
export const logoutScopes = ['session', 'others', 'all'] as const;

export type LogoutScope = (typeof logoutScopes)[number];

/**
 * Ends sessions of the revoker. Rejects with `StorageFailure` unless the logout is recorded in database and denylist;
 * asking again completes it. Refuses with `revoked_token` when the revoker's own session is revoked, and as
 * `revokeOtherSessions` does.
 */
export async function logOut(deps: RevocationDeps, revoker: Revoker, scope: LogoutScope): Promise<void> {
  const { claims, user } = await getUnrevokedCaller(deps, revoker);
  if (scope === 'all') await revokeAllSessions(deps, user.id);
  else if (scope === 'others') await revokeOtherSessions(deps, { id: claims.sid, userId: user.id });
  else await revokeSession(deps, claims.sid);
}
