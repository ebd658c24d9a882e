import { deriveAccountKey } from '../../crypto/attempt-keys.ts';
import type { Deps } from '../deps.ts';
import { newEvent } from '../event/new-event.ts';
import { type Admin, actorOf } from './authenticate-admin.ts';
import { getManagedUser } from './managed-user.ts';

/**
 * Forgets the failed logins of the user `id` at all networks, so that the user does not have to wait. Returns how many
 * rows counted them. Two round trips. Refuses with `unknown_user`.
 */
export async function unlockUser(
  deps: Pick<Deps, 'config' | 'now' | 'trace' | 'managedUsers'>,
  admin: Admin,
  id: string,
): Promise<number> {
  const { user } = await getManagedUser(deps, id);
  const event = newEvent(deps, 'attempts_forgotten', { userId: id, actor: actorOf(admin) });
  return deps.managedUsers.forgetAttempts(await deriveAccountKey(user.email, deps.config.secretKey), event);
}
