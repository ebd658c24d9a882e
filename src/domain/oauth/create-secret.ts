import { Refusal } from '../../errors.ts';
import type { Client } from '../../store/tables/clients.ts';
import { type Admin, actorOf } from '../admin/authenticate-admin.ts';
import type { Deps } from '../deps.ts';
import { newEvent } from '../event/new-event.ts';
import { isClientId } from './client-id.ts';
import { newSecret } from './new-secret.ts';

/** One secret is in use, while the other one replaces it. */
const MAX_SECRETS = 2;

/**
 * Makes another secret of the client `id`. Those that it has stay. One round trip. Refuses with `unknown_client`, and with
 * `too_many_secrets`.
 */
export async function createSecret(
  deps: Pick<Deps, 'now' | 'trace' | 'clients'>,
  admin: Admin,
  id: string,
): Promise<{ client: Client; secret: string }> {
  if (!isClientId(id)) throw new Refusal('unknown_client');
  const { secret, stored } = await newSecret(deps.now());
  const data = { client_id: id, secret_id: stored.id };
  const event = newEvent(deps, 'client_secret_created', { actor: actorOf(admin), data });
  const { changed, found } = await deps.clients.addSecret(id, JSON.stringify(stored), MAX_SECRETS, event);
  if (changed === undefined) throw new Refusal(found === undefined ? 'unknown_client' : 'too_many_secrets');
  return { client: changed, secret };
}
