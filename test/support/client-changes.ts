import type { AdminChange } from './admin-change.ts';
import { sql } from './database.ts';
import { publicKeys } from './public-keys.ts';
import { storeClient, storedClient } from './stored-client.ts';

type Request = { method: string; path?: string; body?: object };

/** A change of a stored client, whose row is first set to `from` in SQL. */
type Change = Omit<AdminChange, 'prepare' | 'events'> & {
  events: (data: { client_id: string }) => AdminChange['events'];
  from?: string;
  request: Request;
};

let clients = 0;

/** Each change has a client of its own, since KV takes one write of a key in a second. */
function changeOf({ events, from, request: { method, path = '', body }, ...change }: Change): AdminChange {
  clients += 1;
  const id = `billing-${clients}`;
  return {
    ...change,
    events: events({ client_id: id }),
    prepare: async () => {
      await storeClient(id);
      if (from !== undefined) await sql(`UPDATE clients SET ${from}`);
      return { route: `${method} /admin/clients/${id}${path}`, userId: null, ...(body !== undefined && { body }) };
    },
  };
}

const unchanged = { body: { message: 'Nothing to change.', changed: false } };

type Patch = Pick<Change, 'name' | 'events' | 'from'> & { fields: object };

const patch = ({ fields, ...change }: Patch): AdminChange =>
  changeOf({
    answer: { body: { message: 'Client changed.', changed: true } },
    again: unchanged,
    request: { method: 'PATCH', body: fields },
    ...change,
  });

const changed =
  (...fields: string[]) =>
  (data: object) => [{ type: 'client_changed', data: { ...data, fields } }];

const creation = (name: string, fields: object, rest: Omit<AdminChange, 'name' | 'prepare'>): AdminChange => ({
  name,
  ...rest,
  prepare: async () => ({ route: 'POST /admin/clients', body: { name: 'Invoicing', ...fields }, userId: null }),
});

const deletion = (name: string, from: string, first: string[]): AdminChange =>
  changeOf({
    name,
    from,
    events: (data) => [...first, 'client_deleted'].map((type) => ({ type, data })),
    answer: { body: { message: 'Client deleted.' } },
    again: { status: 404, body: { code: 'unknown_client' } },
    request: { method: 'DELETE' },
  });

/** Changes of clients. No event holds a scope, a key or a secret. */
export const clientChanges: AdminChange[] = [
  creation(
    'a client with a secret',
    { client_id: 'invoicing' },
    {
      events: [{ type: 'client_created', data: { client_id: 'invoicing' } }],
      answer: { status: 201, body: { message: 'Client created.' } },
      again: { status: 409, body: { code: 'client_taken' } },
    },
  ),
  creation(
    'a client with public keys and an id that the service makes',
    { jwks: { keys: [publicKeys.ES256] } },
    {
      events: [{ type: 'client_created', data: /^\{"client_id":"client_[\w-]{16}"\}$/ }],
      ofTwo: 2,
      answer: { status: 201, body: { message: 'Client created.', client_secret: null } },
    },
  ),
  patch({ name: 'another name of a client', fields: { name: 'Bills' }, events: changed('name') }),
  patch({ name: 'other scopes of a client', fields: { scopes: ['c'] }, events: changed('scopes') }),
  patch({ name: 'keys of a client', fields: { jwks: { keys: [publicKeys.EdDSA] } }, events: changed('jwks') }),
  patch({
    name: 'a disabled client',
    fields: { disabled: true },
    events: (data) => [{ type: 'client_disabled', data }],
  }),
  patch({
    name: 'a client that is disabled no more',
    from: 'disabled_at = 1',
    fields: { disabled: false },
    events: (data) => [{ type: 'client_enabled', data }],
  }),
  patch({
    name: 'all fields of a client at once',
    fields: { name: 'Bills', scopes: [], jwks: { keys: [publicKeys.EdDSA] }, disabled: true },
    events: (data) => [...changed('name', 'scopes', 'jwks')(data), { type: 'client_disabled', data }],
  }),
  changeOf({
    name: 'fields of a client as they are',
    events: () => [],
    answer: unchanged,
    again: unchanged,
    request: { method: 'PATCH', body: { name: 'Billing', scopes: ['b', 'a'], jwks: null, disabled: false } },
  }),
  changeOf({
    name: 'a second secret',
    events: ({ client_id }) => [
      {
        type: 'client_secret_created',
        data: new RegExp(`^\\{"client_id":"${client_id}","secret_id":"[\\w-]{36}"\\}$`),
      },
    ],
    answer: { status: 201, body: { message: 'Secret created.' } },
    again: { status: 409, body: { code: 'too_many_secrets' } },
    request: { method: 'POST', path: '/secrets' },
  }),
  changeOf({
    name: 'a secret less',
    events: (data) => [{ type: 'client_secret_deleted', data: { ...data, secret_id: storedClient.secretId } }],
    answer: { body: { message: 'Secret deleted.' } },
    again: { status: 404, body: { code: 'unknown_secret' } },
    request: { method: 'DELETE', path: `/secrets/${storedClient.secretId}` },
  }),
  deletion('a deletion of a client', 'name = name', ['client_disabled']),
  deletion('a deletion of a disabled client', 'disabled_at = 1', []),
];
