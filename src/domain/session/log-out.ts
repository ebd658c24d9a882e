import { Refusal } from '../../errors.ts';
import {
  completeRevocation,
  type RevocationDeps,
  revokeAllSessions,
  revokeOtherSessions,
  revokeSession,
} from '../revocation.ts';
import type { Caller } from './authenticate.ts';

/** Which sessions of the caller a logout ends: the one that asks, all but that one, or all. */
export const logoutScopes = ['session', 'others', 'all'] as const;

export type LogoutScope = (typeof logoutScopes)[number];

/**
 * Ends sessions of a caller from `authenticateToRevoke`. Rejects with `StorageFailure` unless the logout is recorded in database
 * and denylist; asking again completes it. Refuses with `revoked_token` when the caller's session is already revoked.
 */
export async function logOut(deps: RevocationDeps, caller: Caller, scope: LogoutScope): Promise<void> {
  if (caller.isRevoked) {
    await completeRevocation(deps, caller);
    throw new Refusal('revoked_token');
  }
  const { claims, user } = caller;
  if (scope === 'all') await revokeAllSessions(deps, user.id);
  else if (scope === 'others') await revokeOtherSessions(deps, { id: claims.sid, userId: user.id });
  else await revokeSession(deps, claims.sid);
}
