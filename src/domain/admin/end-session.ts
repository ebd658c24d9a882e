import { Refusal } from '../../errors.ts';
import type { Deps } from '../deps.ts';
import { type RevocationDeps, revokeSessionOfUser } from '../revocation.ts';
import { type Admin, actorOf } from './authenticate-admin.ts';
import { getManagedUser } from './managed-user.ts';

/** Ids of sessions are UUIDs. A longer one costs no query. */
const ID_LENGTH = 36;

/**
 * Revokes the session `own.id` of the user `own.userId`, in database and KV. Two round trips and an entry in KV. Refuses
 * with `unknown_user` and `unknown_session`. Rejects with `StorageFailure` unless both have recorded it; asking again
 * completes it.
 */
export async function endSessionOfUser(
  deps: RevocationDeps & Pick<Deps, 'trace' | 'managedUsers'>,
  admin: Admin,
  own: { id: string; userId: string },
): Promise<void> {
  await getManagedUser(deps, own.userId);
  const isOfUser = own.id.length === ID_LENGTH && (await revokeSessionOfUser(deps, own, { actor: actorOf(admin) }));
  if (!isOfUser) throw new Refusal('unknown_session');
}
