import type { AdminChange } from './admin-change.ts';
import { sql } from './database.ts';
import { publicKeys } from './public-keys.ts';
import { storeClient, storedClient } from './stored-client.ts';

const { id, secretId } = storedClient;
const data = { client_id: id };

type Patch = Pick<AdminChange, 'name' | 'events'> & { fields: object; from?: string };

/** `from` is what is set in SQL before. */
const patch = ({ name, events, fields, from }: Patch): AdminChange => ({
  name,
  events,
  answer: events.length > 0 ? { body: { message: 'Client changed.', changed: true } } : unchanged,
  again: unchanged,
  prepare: async () => {
    await storeClient();
    if (from !== undefined) await sql(`UPDATE clients SET ${from}`);
    return { route: `PATCH /admin/clients/${id}`, body: fields, userId: null };
  },
});

const unchanged = { body: { message: 'Nothing to change.', changed: false } };

const changeOf = (...fields: string[]) => ({ type: 'client_changed', data: { ...data, fields } });

/** Changes of clients. No event holds a scope, a key or a secret. */
export const clientChanges: AdminChange[] = [
  {
    name: 'a client with a secret',
    events: [{ type: 'client_created', data: { client_id: 'invoicing' } }],
    answer: { status: 201, body: { message: 'Client created.' } },
    again: { status: 409, body: { code: 'client_taken' } },
    prepare: async () => ({
      route: 'POST /admin/clients',
      body: { name: 'Invoicing', client_id: 'invoicing' },
      userId: null,
    }),
  },
  {
    name: 'a client with public keys and an id that the service makes',
    events: [{ type: 'client_created', data: /^\{"client_id":"client_[\w-]{16}"\}$/ }],
    ofTwo: 2,
    answer: { status: 201, body: { message: 'Client created.', client_secret: null } },
    prepare: async () => ({
      route: 'POST /admin/clients',
      body: { name: 'Invoicing', jwks: { keys: [publicKeys.ES256] } },
      userId: null,
    }),
  },
  patch({ name: 'another name of a client', fields: { name: 'Bills' }, events: [changeOf('name')] }),
  patch({ name: 'other scopes of a client', fields: { scopes: ['c'] }, events: [changeOf('scopes')] }),
  patch({
    name: 'public keys of a client',
    fields: { jwks: { keys: [publicKeys.EdDSA] } },
    events: [changeOf('jwks')],
  }),
  patch({ name: 'a disabled client', fields: { disabled: true }, events: [{ type: 'client_disabled', data }] }),
  patch({
    name: 'a client that is disabled no more',
    from: 'disabled_at = 1',
    fields: { disabled: false },
    events: [{ type: 'client_enabled', data }],
  }),
  patch({
    name: 'all fields of a client at once',
    fields: { name: 'Bills', scopes: [], jwks: { keys: [publicKeys.EdDSA] }, disabled: true },
    events: [changeOf('name', 'scopes', 'jwks'), { type: 'client_disabled', data }],
  }),
  patch({
    name: 'fields of a client as they are',
    fields: { name: 'Billing', scopes: ['b', 'a'], jwks: null, disabled: false },
    events: [],
  }),
  {
    name: 'a second secret',
    events: [{ type: 'client_secret_created', data: /^\{"client_id":"billing","secret_id":"[\w-]{36}"\}$/ }],
    answer: { status: 201, body: { message: 'Secret created.' } },
    again: { status: 409, body: { code: 'too_many_secrets' } },
    prepare: async () => {
      await storeClient();
      return { route: `POST /admin/clients/${id}/secrets`, userId: null };
    },
  },
  {
    name: 'a secret less',
    events: [{ type: 'client_secret_deleted', data: { ...data, secret_id: secretId } }],
    answer: { body: { message: 'Secret deleted.' } },
    again: { status: 404, body: { code: 'unknown_secret' } },
    prepare: async () => {
      await storeClient();
      return { route: `DELETE /admin/clients/${id}/secrets/${secretId}`, userId: null };
    },
  },
  ...[
    { name: 'a deletion of a client', from: 'name = name', first: [{ type: 'client_disabled', data }] },
    { name: 'a deletion of a disabled client', from: 'disabled_at = 1', first: [] },
  ].map(({ name, from, first }): AdminChange => ({
    name,
    events: [...first, { type: 'client_deleted', data }],
    answer: { body: { message: 'Client deleted.' } },
    again: { status: 404, body: { code: 'unknown_client' } },
    prepare: async () => {
      await storeClient();
      await sql(`UPDATE clients SET ${from}`);
      return { route: `DELETE /admin/clients/${id}`, userId: null };
    },
  })),
];
