import { Refusal } from '../../errors.ts';
import { completeRevocation, type RevocationDeps, revokeSessionOfUser } from '../revocation.ts';
import type { Caller } from './authenticate.ts';

/** Session ids are UUIDs. A longer one costs no query. */
const ID_LENGTH = 36;

/**
 * Revokes the caller's session `id`, which may be the one that asks. The caller comes from `authenticateToRevoke`. Refuses with
 * `unknown_session`, and with `revoked_token` when the caller's own session is revoked. Rejects with `StorageFailure` unless
 * the revocation is recorded in both places; asking again completes it.
 */
export async function revokeOwnSession(deps: RevocationDeps, caller: Caller, id: string): Promise<void> {
  if (caller.isRevoked) {
    await completeRevocation(deps, caller);
    throw new Refusal('revoked_token');
  }
  const isOwn = id.length === ID_LENGTH && (await revokeSessionOfUser(deps, { id, userId: caller.user.id }));
  if (!isOwn) throw new Refusal('unknown_session');
}
