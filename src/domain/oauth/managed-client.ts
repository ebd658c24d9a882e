import { parseClientJwks, type PublicJwk, readClientJwks } from '../../crypto/client-jwks.ts';
import { Refusal } from '../../errors.ts';
import type { Client } from '../../store/tables/clients.ts';
import type { Deps } from '../deps.ts';
import { isClientId } from './client-id.ts';

/** A JWKS as an administrator sends it. */
export type SentJwks = { keys: readonly Readonly<Record<string, unknown>>[] };

/** The client `id`. One round trip. Refuses with `unknown_client`; an id that no client can have costs no query. */
export async function getClient({ clients }: Pick<Deps, 'clients'>, id: string): Promise<Client> {
  const client = isClientId(id) ? await clients.find(id) : undefined;
  if (client === undefined) throw new Refusal('unknown_client');
  return client;
}

/** The public keys of `jwks` as a client stores them: JSON. Refuses with `invalid_request` what is no public key. */
export async function acceptJwks({ keys: sent }: SentJwks): Promise<string> {
  const { keys, fault } = await parseClientJwks(sent);
  if (keys !== undefined) return JSON.stringify({ keys });
  throw new Refusal('invalid_request', {
    errors: [{ path: `jwks.keys.${fault.index}`, message: fault.message }],
  });
}

/** The public keys of a client; `undefined` when it has none. */
export const publicKeysOf = ({ jwks }: Pick<Client, 'jwks'>): PublicJwk[] | undefined =>
  jwks === null ? undefined : readClientJwks(jwks);
