import { Refusal } from '../../errors.ts';
import { type Admin, actorOf } from '../admin/authenticate-admin.ts';
import type { Deps } from '../deps.ts';
import { newEvent } from '../event/new-event.ts';
import { denylistClient } from '../denylist.ts';
import type { RevocationDeps } from '../revocation.ts';
import { isClientId } from './client-id.ts';
import { getClient } from './managed-client.ts';

/**
 * Deletes the client `id` with its API keys. It is disabled first, in database and KV: without the row, nothing could
 * complete the entry in KV. Two round trips and an entry in KV.
 *
 * Refuses with `unknown_client`, and with `change_conflict` when somebody has enabled or changed the client meanwhile.
 * Rejects with `StorageFailure` when storage fails: the client may be disabled then, and asking again deletes it.
 */
export async function deleteClient(
  deps: Pick<RevocationDeps, 'config' | 'now' | 'trace' | 'denylist'> & Pick<Deps, 'clients'>,
  admin: Admin,
  id: string,
): Promise<void> {
  const about = { actor: actorOf(admin), data: { client_id: id } };
  const disabled = isClientId(id)
    ? await deps.clients.disable(id, deps.now(), newEvent(deps, 'client_disabled', about))
    : undefined;
  if (disabled === undefined) throw new Refusal('unknown_client');
  await denylistClient(deps, disabled);
  if (await deps.clients.delete(disabled, newEvent(deps, 'client_deleted', about))) return;
  await getClient(deps, id);
  throw new Refusal('change_conflict');
}
