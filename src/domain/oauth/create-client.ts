import { Refusal } from '../../errors.ts';
import type { Client } from '../../store/tables/clients.ts';
import { type Admin, actorOf } from '../admin/authenticate-admin.ts';
import type { Deps } from '../deps.ts';
import { newEvent } from '../event/new-event.ts';
import { makeClientId } from './client-id.ts';
import { sortScopes } from './client-scopes.ts';
import { acceptJwks, type SentJwks } from './managed-client.ts';
import { newSecret } from './new-secret.ts';

/** A client as an administrator makes it: with public keys of its own, or with a secret that it gets. */
export type ClientDraft = {
  id: string | undefined;
  name: string;
  scopes: readonly string[];
  jwks: SentJwks | undefined;
};

/**
 * Makes a client, and a secret unless it has public keys. One round trip. Refuses with `client_taken`, also when
 * `OAUTH_CLIENTS` has the id, and with `invalid_request` as `acceptJwks` says.
 */
export async function createClient(
  deps: Pick<Deps, 'config' | 'now' | 'trace' | 'clients'>,
  admin: Admin,
  { id = makeClientId(), name, scopes, jwks: sent }: ClientDraft,
): Promise<{ client: Client; secret: string | undefined }> {
  const jwks = sent === undefined ? null : await acceptJwks(sent);
  if (deps.config.oauthClients.some((configured) => configured.id === id)) throw new Refusal('client_taken');
  const createdAt = deps.now();
  const made = jwks === null ? await newSecret(createdAt) : undefined;
  const client = {
    id,
    name,
    scopes: sortScopes(scopes),
    secrets: made === undefined ? [] : [made.stored],
    jwks,
    version: firstVersion(createdAt),
    createdAt,
    disabledAt: null,
    lastUsedAt: null,
    lastRefusedAt: null,
  };
  const stored = { ...client, scopes: JSON.stringify(client.scopes), secrets: JSON.stringify(client.secrets) };
  const event = newEvent(deps, 'client_created', { actor: actorOf(admin), data: { client_id: id } });
  if (!(await deps.clients.create(stored, event))) throw new Refusal('client_taken');
  return { client, secret: made?.secret };
}

/**
 * A version above those of a former client of the same id, which KV may still have an entry of: the time in milliseconds.
 * A version counts up by one in a round trip, which takes longer.
 */
const firstVersion = (createdAt: Date): number => createdAt.getTime();
