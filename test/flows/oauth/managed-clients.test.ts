import { beforeEach, describe, expect, it } from 'vitest';
import { dataOf, listOf, startAdministration } from '../../support/administration.ts';
import { hashOf } from '../../support/clients.ts';
import { emptyTables, sql } from '../../support/database.ts';
import { publicKeys } from '../../support/public-keys.ts';
import { startClock } from '../../support/service.ts';

const { ask } = startAdministration();

beforeEach(emptyTables);

const create = (body: object) => ask({ route: 'POST /admin/clients', body });
const show = (id: unknown) => ask({ route: `GET /admin/clients/${String(id)}` });
const invalid = (path: string) => ({ status: 400, body: { code: 'invalid_request', errors: [{ path }] } });

describe('a new client', () => {
  it('gets an id and a secret, of which the database has the hash', async () => {
    const { status, body } = await create({ name: 'Invoicing' });
    expect({ status, body }).toMatchObject({ status: 201, body: { status: 'success', message: 'Client created.' } });
    const data = dataOf(body);
    expect(data).toEqual({
      client_id: expect.stringMatching(/^client_[\w-]{16}$/),
      name: 'Invoicing',
      scopes: [],
      jwks: null,
      secrets: [{ secret_id: expect.stringMatching(/^[\w-]{36}$/), created_on: data['created_on'] }],
      created_on: expect.stringMatching(/Z$/),
      disabled_on: null,
      last_used_on: null,
      last_refused_on: null,
    });
    expect(body['client_secret']).toMatch(/^[\w-]{43}$/);
    const [row] = await sql('SELECT * FROM clients');
    const secrets: unknown = JSON.parse(String(row?.['secrets']));
    expect(secrets).toMatchObject([{ hash: hashOf(String(body['client_secret'])) }]);
    expect(JSON.stringify(row)).not.toContain(String(body['client_secret']));
    expect((await show(data['client_id'])).body).toEqual({ status: 'success', data });
  });

  it('has the id and the scopes that it was given, sorted and each once', async () => {
    const scopes = ['b:write', 'latchkey:revoke', 'a', 'latchkey:introspect', 'a'];
    const { body } = await create({ name: 'Ä, ß and 🔑', client_id: 'In.voi-cing_7', scopes });
    expect(dataOf(body)).toMatchObject({
      client_id: 'In.voi-cing_7',
      name: 'Ä, ß and 🔑',
      scopes: ['a', 'b:write', 'latchkey:introspect', 'latchkey:revoke'],
    });
  });

  it('has public keys instead of a secret, without what they do not need', async () => {
    const { ES256, EdDSA, RS256 } = publicKeys;
    const { alg: _, use: __, ...bare } = EdDSA;
    const keys = [{ ...ES256, key_ops: ['verify'], x5c: ['a'] }, bare, RS256];
    const { status, body } = await create({ name: 'Invoicing', jwks: { keys, other: true } });
    expect({ status, secret: body['client_secret'] }).toEqual({ status: 201, secret: null });
    expect(dataOf(body)).toMatchObject({ jwks: { keys: [ES256, EdDSA, RS256] }, secrets: [] });
    expect((await show(dataOf(body)['client_id'])).body['data']).toEqual(dataOf(body));
  });

  it('does not get the id of another client, nor one of OAUTH_CLIENTS', async () => {
    const taken = { status: 409, body: { code: 'client_taken' } };
    await create({ name: 'Invoicing', client_id: 'invoicing' });
    expect(await create({ name: 'Another', client_id: 'invoicing' })).toMatchObject(taken);
    expect((await show('invoicing')).body['data']).toMatchObject({ name: 'Invoicing' });
    const configured = startAdministration({ env: { OAUTH_CLIENTS: `orders:${hashOf('a')}` } });
    const route = 'POST /admin/clients';
    expect(await configured.ask({ route, body: { name: 'Orders', client_id: 'orders' } })).toMatchObject(taken);
    expect((await show('orders')).status).toBe(404);
  });

  it('is made once when two ask for one id at once', async () => {
    const responses = await Promise.all(['A', 'B'].map((name) => create({ name, client_id: 'invoicing' })));
    expect(responses.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    const made = responses.find(({ status }) => status === 201);
    expect((await show('invoicing')).body['data']).toEqual(made?.body['data']);
  });

  it.each([
    ['no name', { name: undefined }, 'name'],
    ['an empty name', { name: '' }, 'name'],
    ['a name of blanks', { name: '  ' }, 'name'],
    ['a name of 101 characters', { name: 'a'.repeat(101) }, 'name'],
    ['a name with a line break', { name: 'a\nb' }, 'name'],
    ['a name with a line separator', { name: 'a\u2028b' }, 'name'],
    ['a name with a lone surrogate', { name: 'a\ud800' }, 'name'],
    ['a name that is a number', { name: 1 }, 'name'],
    ['an empty id', { client_id: '' }, 'client_id'],
    ['an id of 65 characters', { client_id: 'a'.repeat(65) }, 'client_id'],
    ['an id with a colon', { client_id: 'a:b' }, 'client_id'],
    ['the id of people', { client_id: 'first-party' }, 'client_id'],
    ['the id of API keys', { client_id: 'api-key' }, 'client_id'],
    ['an id in the form of the ids of users', { client_id: '01A21687-ECFF-7A0C-8A55-0F1E2D3C4B5A' }, 'client_id'],
    ['scopes that are no list', { scopes: 'a b' }, 'scopes'],
    ['a scope with a blank', { scopes: ['a b'] }, 'scopes'],
    ['an empty scope', { scopes: [''] }, 'scopes'],
    ['a scope with a quotation mark', { scopes: ['a"'] }, 'scopes'],
    ['a scope of 65 characters', { scopes: ['a'.repeat(65)] }, 'scopes'],
    ['65 scopes', { scopes: Array.from({ length: 65 }, (_, i) => `s${i}`) }, 'scopes'],
    [
      'scopes of 1025 characters',
      { scopes: ['b', ...Array.from({ length: 16 }, (_, i) => `a${i}`.padEnd(63, 'a'))] },
      'scopes',
    ],
    ['another scope of the service', { scopes: ['latchkey:admin'] }, 'scopes'],
    ['keys that are no JWKS', { jwks: [] }, 'jwks'],
    ['no keys', { jwks: { keys: [] } }, 'jwks.keys'],
    ['nine keys', { jwks: { keys: Array.from({ length: 9 }, () => ({})) } }, 'jwks.keys'],
    ['a key that is no object', { jwks: { keys: ['a'] } }, 'jwks.keys.0'],
    ['a field that the route does not know', { scope: 'a' }, ''],
  ])('is not made with %s', async (_, fields, path) => {
    expect(await create({ name: 'Invoicing', ...fields })).toMatchObject(invalid(path));
    expect(await sql('SELECT * FROM clients')).toEqual([]);
  });

  it('may have 64 scopes of 1024 characters together, and a name of 100', async () => {
    const scopes = [...Array.from({ length: 63 }, (_, i) => `s${i}`.padEnd(15, 'a')), 'b'.repeat(16)];
    expect(scopes.join(' ')).toHaveLength(1024);
    expect((await create({ name: ` ${'🔑'.repeat(100)} `, client_id: 'a'.repeat(64), scopes })).status).toBe(201);
  });
});

describe('a list of clients', () => {
  it('has the newest first, in pages', async () => {
    const clock = startClock();
    const { ask } = startAdministration({ deps: { now: clock.now } });
    // Two of one millisecond, with a dot in their ids.
    for (const id of ['a', 'b.2', 'b.1', 'c']) {
      if (id !== 'b.1') clock.pass(1);
      await ask({ route: 'POST /admin/clients', body: { name: id, client_id: id } });
    }
    const page = async (query: string) => {
      const { status, body } = await ask({ route: `GET /admin/clients?${query}` });
      expect(status).toBe(200);
      return { ids: listOf(body).map(({ client_id }) => client_id), next: body['next'] };
    };
    expect(await page('')).toEqual({ ids: ['c', 'b.2', 'b.1', 'a'], next: null });
    const first = await page('limit=2');
    expect(first).toEqual({ ids: ['c', 'b.2'], next: expect.stringMatching(/^\d+\.b\.2$/) });
    const second = await page(`limit=1&after=${String(first.next)}`);
    expect(second.ids).toEqual(['b.1']);
    expect(await page(`limit=1&after=${String(second.next)}`)).toEqual({ ids: ['a'], next: null });
  });

  it.each(['limit=0', 'limit=101', 'after=x', 'after=1.', 'name=a'])('is refused with the query %s', async (query) => {
    expect(await ask({ route: `GET /admin/clients?${query}` })).toMatchObject({
      status: 400,
      body: { code: 'invalid_request' },
    });
  });
});

it.each(['GET', 'PATCH', 'DELETE', 'POST secrets', 'DELETE secrets/x'])(
  'refuses an unknown client with 404: %s',
  async (way) => {
    const [method, more] = way.split(' ');
    const body = method === 'PATCH' ? { body: { disabled: true } } : {};
    for (const id of ['nobody', crypto.randomUUID(), 'first-party', 'a%20b', 'a'.repeat(65)]) {
      const route = `${method} /admin/clients/${id}${more === undefined ? '' : `/${more}`}`;
      expect(await ask({ route, ...body })).toMatchObject({ status: 404, body: { code: 'unknown_client' } });
    }
  },
);
