import { type GivenKey, keyFields, type KeyPage, type NewApiKey, parseKeys, parseNewKey } from '../client/api-keys.ts';
import { isText } from '../client/account.ts';
import { type Page, parsePart } from '../client/lists.ts';
import { pathOf, withQuery } from '../client/request.ts';
import type { Caller } from './caller.ts';
import { type Client, parseClient } from './client-records.ts';
import type { ClientChanges, NewClient } from './given.ts';
import { unlike } from './records.ts';
import { toWire } from './wire.ts';

/** A client with a new secret. Nobody can read the secret again. */
export type ClientWithSecret = { client: Client; clientSecret: string };

/** The calls under `/admin/clients`, and those for the API keys of users. All refuse an unknown id. */
export function createClientCalls({ call, once }: Caller) {
  const clientPath = (...ids: string[]) => `/clients${pathOf(...ids)}`;
  const keysOf = (path: string, page: Page) => call(withQuery(`${path}/keys`, toWire('page', page)));

  return {
    /** The clients, newest first, a hundred at most. `next` is the `after` of the call for more; `undefined` at the end. */
    clients: async (page: Page = {}): Promise<{ clients: Client[]; next: string | undefined }> => {
      const { body } = await call(withQuery('/clients', toWire('page', page)));
      const { entries, next } = parsePart(body, parseClient);
      return { clients: entries, next };
    },

    /** One client. Refusal: `unknown_client`. */
    client: async (id: string): Promise<Client> => parseClient((await call(clientPath(id))).body['data']),

    /**
     * Makes a client. Without `jwks`, it gets a secret, which nobody can read again. Name the `clientId`: then a repeat
     * after a lost response makes no second client. Refusals: `client_taken`; `invalid_request`.
     */
    createClient: async (given: NewClient): Promise<{ client: Client; clientSecret: string | undefined }> => {
      const { body } = await once('client_taken', '/clients', { method: 'POST', fields: toWire('newClient', given) });
      const { data, client_secret: secret } = body;
      return { client: parseClient(data), clientSecret: secret === null ? undefined : textIn(secret) };
    },

    /**
     * Changes what is given, and nothing else; `changed` is `false` when all was so already. `jwks: null` takes the public
     * keys away. The access tokens of the client end when it is disabled, loses a scope, or gets other public keys.
     * Refusals: `unknown_client`; `change_conflict`; `invalid_request`.
     */
    changeClient: async (id: string, given: ClientChanges): Promise<{ client: Client; changed: boolean }> => {
      const { body } = await call(clientPath(id), { method: 'PATCH', fields: toWire('clientChanges', given) });
      return { client: parseClient(body['data']), changed: body['changed'] === true };
    },

    /** Deletes the client with its API keys, and ends its access tokens. Refusals: `unknown_client`; `change_conflict`. */
    deleteClient: async (id: string): Promise<void> => {
      await once('unknown_client', clientPath(id), { method: 'DELETE' });
    },

    /**
     * Gives the client a second secret, so that one can be replaced without a pause. Refusals: `too_many_secrets`;
     * `unknown_client`.
     */
    createSecret: async (id: string): Promise<ClientWithSecret> => {
      const { body } = await once('too_many_secrets', `${clientPath(id)}/secrets`, { method: 'POST' });
      return { client: parseClient(body['data']), clientSecret: textIn(body['client_secret']) };
    },

    /** Deletes a secret, and ends all access tokens of the client. Refusals: `unknown_secret`; `unknown_client`. */
    deleteSecret: async (id: string, secretId: string): Promise<Client> => {
      const path = `${clientPath(id)}/secrets${pathOf(secretId)}`;
      return parseClient((await once('unknown_secret', path, { method: 'DELETE' })).body['data']);
    },

    /**
     * Makes an API key for a client. Nobody can read its `key` again. Refusals: `unknown_client`; `invalid_request`, also for
     * a scope that the client does not have, or one of Latchkey itself; `client_disabled`; `too_many_keys`; `change_conflict`.
     */
    createClientKey: async (id: string, given: GivenKey): Promise<NewApiKey> =>
      parseNewKey((await call(`${clientPath(id)}/keys`, { method: 'POST', fields: keyFields(given) })).body),

    /** The API keys of a client, newest first, a hundred at most. Refusal: `unknown_client`. */
    clientKeys: async (id: string, page: Page = {}): Promise<KeyPage> =>
      parseKeys((await keysOf(clientPath(id), page)).body),

    /** Revokes an API key of a client. Refusals: `unknown_key`; `unknown_client`. */
    revokeClientKey: async (id: string, keyId: string): Promise<void> => {
      await call(`${clientPath(id)}/keys${pathOf(keyId)}`, { method: 'DELETE' });
    },

    /** The API keys of a user, newest first, a hundred at most. Refusal: `unknown_user`. */
    userKeys: async (userId: string, page: Page = {}): Promise<KeyPage> =>
      parseKeys((await keysOf(`/users${pathOf(userId)}`, page)).body),

    /** Revokes an API key of a user. Refusals: `unknown_key`; `unknown_user`. */
    revokeUserKey: async (userId: string, keyId: string): Promise<void> => {
      await call(`/users${pathOf(userId)}/keys${pathOf(keyId)}`, { method: 'DELETE' });
    },
  };
}

function textIn(secret: unknown): string {
  if (!isText(secret)) throw unlike('a client with its secret');
  return secret;
}
