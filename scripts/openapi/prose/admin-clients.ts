import { line } from './fields.ts';
import { success } from './examples.ts';
import type { FieldProse, Operations } from './operation-prose.ts';

const secret_id = '5f0c9a52-7d1e-4b8f-9a3c-2e6d8b4f1a70';

const client_secret = 'bm90aGluZyBpcyBhcyBvcGVuIGFzIGFuIGV4YW1wbGU';

const key = {
  kid: 'dANP1aqQ',
  use: 'sig',
  kty: 'EC',
  alg: 'ES256',
  crv: 'P-256',
  x: '-7nl_tAjXWtNYZIlnzSZY2qQjFgOMuw5_ljDGMyWFoQ',
  y: 'uOdUyxUrwJSKZVp5cKeuBZuQdzAi6hOxIi6bxYgD8-Y',
};

const client = {
  client_id: 'invoicing',
  name: 'Invoicing',
  scopes: ['invoices:read', 'invoices:write'],
  jwks: null,
  secrets: [{ secret_id, created_on: '2026-11-26T06:25:36.511Z' }],
  created_on: '2026-11-26T06:25:36.511Z',
  disabled_on: null,
  last_used_on: '2026-11-26T07:00:04.120Z',
  last_refused_on: null,
};

const newest = { ...client, last_used_on: null };

const disabled = { ...client, disabled_on: '2026-11-27T09:12:44.031Z' };

const withKeys = { ...newest, jwks: { keys: [key] }, secrets: [] };

const withSecrets = (...ids: string[]) => ({
  ...client,
  secrets: ids.map((id) => ({ secret_id: id, created_on: '2026-11-26T06:25:36.511Z' })),
});

const other_secret_id = 'c1b7e0d4-3a29-4f65-8e1b-9d0f7c2a6b13';

/** The id of a client, in the path. */
export const clientIdParameter: FieldProse = {
  description: 'The id of the client.',
  ...line(64),
  example: client.client_id,
};

const RETRY = 'After a 503 the change may have been made: repeat the request to complete it.';

/** Clients, as operators and administrators manage them. */
export const adminClients: Operations = {
  'GET /admin/clients': {
    operationId: 'listClients',
    tag: 'Admin',
    who: 'administrator',
    description:
      'Lists the clients of the database, newest first. The clients of `OAUTH_CLIENTS` are not among them. A page goes on where the one before ended: send its `next` as `after`.',
    parameters: {
      after: { description: 'The `next` of the page before.', ...line(300) },
      limit: { description: 'How many clients a page has at most, 1 to 100.', maxLength: 3, example: '100' },
    },
    examples: { 200: { clients: { status: 'success', data: [client], next: null } } },
  },
  'POST /admin/clients': {
    operationId: 'createClient',
    tag: 'Admin',
    who: 'administrator',
    description:
      'Makes a client: a program that gets access tokens in its own name. It authenticates with a secret, which this response alone has, or with a private key whose public half is in `jwks` (RFC 7523). Only clients can have the scopes `latchkey:introspect` and `latchkey:revoke`: the first lets it introspect any token, the second lets it revoke any. An id that another client has, also one of `OAUTH_CLIENTS`, is 409 `client_taken`.',
    request: {
      description: 'The name, and what else the client is to have.',
      examples: {
        withSecret: { name: client.name, client_id: client.client_id, scopes: client.scopes },
        withKeys: { name: client.name, scopes: client.scopes, jwks: { keys: [key] } },
      },
    },
    examples: {
      201: {
        withSecret: { ...success('Client created.'), client_secret, data: newest },
        withKeys: { ...success('Client created.'), client_secret: null, data: withKeys },
      },
    },
  },
  'GET /admin/clients/{id}': {
    operationId: 'showClient',
    tag: 'Admin',
    who: 'administrator',
    description:
      'Returns the client. `last_used_on` is noted once an hour at most, `last_refused_on` once a minute at most.',
    parameters: { id: clientIdParameter },
    examples: { 200: { client: { status: 'success', data: client } } },
  },
  'PATCH /admin/clients/{id}': {
    operationId: 'changeClient',
    tag: 'Admin',
    who: 'administrator',
    description: `Changes the fields of the body, and no other. Disabling the client ends its access tokens, and so does taking away a scope or a key. Then the client can get new ones, unless it is disabled. ${RETRY}`,
    parameters: { id: clientIdParameter },
    request: {
      description: 'What is to change.',
      examples: {
        disable: { disabled: true },
        scopes: { scopes: ['invoices:read'] },
        keys: { name: 'Invoicing', jwks: { keys: [key] } },
        noKeys: { jwks: null },
      },
    },
    examples: {
      200: {
        changed: { ...success('Client changed.'), changed: true, data: disabled },
        unchanged: { ...success('Nothing to change.'), changed: false, data: disabled },
      },
    },
  },
  'DELETE /admin/clients/{id}': {
    operationId: 'deleteClient',
    tag: 'Admin',
    who: 'administrator',
    description:
      'Deletes the client with its API keys, and ends its access tokens. The client is disabled first. After a 503 it may be disabled and still there: repeat the request to delete it.',
    parameters: { id: clientIdParameter },
    examples: { 200: { deleted: success('Client deleted.') } },
  },
  'POST /admin/clients/{id}/secrets': {
    operationId: 'createClientSecret',
    tag: 'Admin',
    who: 'administrator',
    description:
      'Makes another secret of the client. Both work until you delete one. A client has two at most: a third one is 409 `too_many_secrets`.',
    parameters: { id: clientIdParameter },
    examples: {
      201: { made: { ...success('Secret created.'), client_secret, data: withSecrets(secret_id, other_secret_id) } },
    },
  },
  'DELETE /admin/clients/{id}/secrets/{secret}': {
    operationId: 'deleteClientSecret',
    tag: 'Admin',
    who: 'administrator',
    description:
      'Deletes a secret of the client, and ends its access tokens, since whoever had the secret may have got some. The client gets new ones with what is left to it. After a 503 the secret may be deleted: repeat the request until the response is 200 or 404 `unknown_secret`. Both mean that the denylist has it too.',
    parameters: {
      id: clientIdParameter,
      secret: { description: 'The `secret_id` of a secret of the client.', ...line(64), example: secret_id },
    },
    examples: { 200: { deleted: { ...success('Secret deleted.'), data: withSecrets(other_secret_id) } } },
  },
};
