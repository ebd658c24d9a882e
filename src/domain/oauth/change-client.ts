import { Refusal } from '../../errors.ts';
import type { Client } from '../../store/tables/clients.ts';
import { type Admin, actorOf } from '../admin/authenticate-admin.ts';
import type { Deps } from '../deps.ts';
import { newEvents } from '../event/new-event.ts';
import { denylistClient } from '../denylist.ts';
import type { RevocationDeps } from '../revocation.ts';
import { acceptJwks, getClient, type SentJwks } from './managed-client.ts';
import { type ClientFields, planClientChange } from './plan-client-change.ts';

/** How often a change is begun anew because somebody else has changed the client meanwhile. */
const MAX_TRIES = 3;

type ChangeDeps = Pick<RevocationDeps, 'config' | 'now' | 'trace' | 'denylist'> & Pick<Deps, 'clients'>;

/**
 * Changes the given fields of the client `id`, and nothing else. What is taken away from it, or disables it, ends its
 * access tokens, in database and KV. Two round trips, and an entry in KV.
 *
 * Refuses with `unknown_client`, with `invalid_request` as `acceptJwks` says, and with `change_conflict`. Rejects with
 * `StorageFailure` unless database and KV have recorded the change; asking again completes it.
 */
export async function changeClient(
  deps: ChangeDeps,
  admin: Admin,
  id: string,
  { jwks, ...sent }: Omit<ClientFields, 'jwks'> & { jwks?: SentJwks | null | undefined },
): Promise<{ client: Client; isChanged: boolean }> {
  const fields = { ...sent, jwks: jwks ? await acceptJwks(jwks) : jwks };
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const outcome = await tryChange(deps, admin, await getClient(deps, id), fields);
    if (outcome !== undefined) return outcome;
  }
  throw new Refusal('change_conflict');
}

/** `undefined` when somebody else has changed the client meanwhile. */
async function tryChange(deps: ChangeDeps, admin: Admin, read: Client, fields: ClientFields) {
  const { next, changes } = planClientChange(read, fields, deps.now());
  const isChanged = changes.length > 0;
  const change = {
    ...read,
    scopes: JSON.stringify(read.scopes),
    newName: next.name,
    newScopes: JSON.stringify(next.scopes),
    newJwks: next.jwks,
    newDisabledAt: next.disabledAt,
    versions: next.version - read.version,
  };
  if (isChanged && !(await deps.clients.change(change, newEvents(deps, changes, { actor: actorOf(admin) }))))
    return undefined;
  // Also when nothing has changed: a former attempt may have failed after the database.
  if ([fields.scopes, fields.jwks, fields.disabled].some((field) => field !== undefined))
    await denylistClient(deps, next);
  return { client: next, isChanged };
}
