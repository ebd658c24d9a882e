import { Refusal } from '../../errors.ts';
import type { Client } from '../../store/tables/clients.ts';
import { type Admin, actorOf } from '../admin/authenticate-admin.ts';
import type { Deps } from '../deps.ts';
import { newEvent } from '../event/new-event.ts';
import { denylistClient } from '../denylist.ts';
import type { RevocationDeps } from '../revocation.ts';
import { isClientId } from './client-id.ts';

/**
 * Deletes the secret `secretId` of the client `id`, and ends all access tokens of the client, in database and KV. One round
 * trip and an entry in KV.
 *
 * Refuses with `unknown_client` and `unknown_secret`. Rejects with `StorageFailure` unless database and KV have recorded
 * it. Asking again completes it: the entry is written before `unknown_secret`.
 */
export async function deleteSecret(
  deps: Pick<RevocationDeps, 'config' | 'now' | 'trace' | 'denylist'> & Pick<Deps, 'clients'>,
  admin: Admin,
  { id, secretId }: { id: string; secretId: string },
): Promise<Client> {
  const data = { client_id: id, secret_id: secretId };
  const event = newEvent(deps, 'client_secret_deleted', { actor: actorOf(admin), data });
  const { changed, found } = isClientId(id)
    ? await deps.clients.deleteSecret(id, secretId, event)
    : { changed: undefined, found: undefined };
  if (found === undefined) throw new Refusal('unknown_client');
  await denylistClient(deps, found);
  if (changed === undefined) throw new Refusal('unknown_secret');
  return changed;
}
