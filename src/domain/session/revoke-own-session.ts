import { Refusal } from '../../errors.ts';
import { getUnrevokedCaller, type RevocationDeps, revokeSessionOfUser } from '../revocation.ts';
import type { Revoker } from './authenticate.ts';

/** Session ids are UUIDs. A longer one costs no query. */
const ID_LENGTH = 36;

/**
 * Revokes the session `id` of the revoker, which may be the one that asks. Refuses with `unknown_session`, and with
 * `revoked_token` when the revoker's own session is revoked. Rejects with `StorageFailure` unless the revocation is
 * recorded in both places; asking again completes it.
 */
export async function revokeOwnSession(deps: RevocationDeps, revoker: Revoker, id: string): Promise<void> {
  const { user } = await getUnrevokedCaller(deps, revoker);
  const isOwn = id.length === ID_LENGTH && (await revokeSessionOfUser(deps, { id, userId: user.id }));
  if (!isOwn) throw new Refusal('unknown_session');
}
