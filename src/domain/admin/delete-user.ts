import { deriveAccountKey } from '../../crypto/attempt-keys.ts';
import { Refusal } from '../../errors.ts';
import type { Deps } from '../deps.ts';
import { newEvent } from '../event/new-event.ts';
import type { RevocationDeps } from '../revocation.ts';
import { type Admin, actorOf } from './authenticate-admin.ts';
import { endSessionsOfUser } from './end-sessions.ts';
import { getManagedUser, permitRemoval } from './managed-user.ts';

/**
 * Deletes the user `id` with all that belongs to it. All sessions end first, in database and KV: without the account,
 * nothing could complete the entry in KV. Returns how many sessions lived. Three round trips and an entry in KV.
 *
 * Refuses with `unknown_user`, as `permitRemoval` does, and with `change_conflict` when somebody has changed the user or
 * logged in meanwhile. Rejects with `StorageFailure` when storage fails: the user is still there, and asking again deletes
 * it.
 */
export async function deleteUser(
  deps: RevocationDeps & Pick<Deps, 'trace' | 'managedUsers'>,
  admin: Admin,
  id: string,
  mayBeLast: boolean,
): Promise<number> {
  const found = await getManagedUser(deps, id);
  const permit = permitRemoval(admin, found, mayBeLast);
  const { version, sessionsRevoked } = await endSessionsOfUser(deps, admin, id);
  const accountKey = await deriveAccountKey(found.user.email, deps.config.secretKey);
  const event = newEvent(deps, 'user_deleted', { userId: id, actor: actorOf(admin) });
  if (await deps.managedUsers.delete({ userId: id, version }, permit, { accountKey, event })) return sessionsRevoked;
  permitRemoval(admin, await getManagedUser(deps, id), mayBeLast);
  throw new Refusal('change_conflict');
}
