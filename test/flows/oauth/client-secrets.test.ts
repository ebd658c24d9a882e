import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import { dataOf, startAdministration } from '../../support/administration.ts';
import { hashOf } from '../../support/clients.ts';
import { emptyTables, sqlValue } from '../../support/database.ts';
import { fieldsOf } from '../../support/events.ts';
import type { ServiceResponse } from '../../support/service.ts';
import { fail, watchDenylist } from '../../support/storage.ts';

const { ask } = startAdministration();
const path = '/admin/clients/invoicing';

beforeEach(async () => {
  await emptyTables();
  await env.DENYLIST.delete('sub:invoicing');
});

const make = () => ask({ route: 'POST /admin/clients', body: { name: 'Invoicing', client_id: 'invoicing' } });
const add = () => ask({ route: `POST ${path}/secrets` });
const remove = (id: unknown) => ask({ route: `DELETE ${path}/secrets/${String(id)}` });

/** The ids of the secrets of the client in a response. */
function idsOf({ body }: ServiceResponse): unknown[] {
  const { secrets } = dataOf(body);
  return Array.isArray(secrets) ? secrets.map((secret: object) => fieldsOf(secret)['secret_id']) : [];
}

const version = async () => Number(await sqlValue('SELECT version FROM clients'));

/** The hashes of all secrets, in their order. */
async function hashes(): Promise<unknown[]> {
  const secrets: unknown = JSON.parse(String(await sqlValue('SELECT secrets FROM clients')));
  return Array.isArray(secrets) ? secrets.map((secret: object) => fieldsOf(secret)['hash']) : [];
}

describe('a second secret', () => {
  it('comes beside the first, and ends no access tokens', async () => {
    const made = await make();
    const before = await version();
    const response = await add();
    expect(response).toMatchObject({ status: 201, body: { status: 'success', message: 'Secret created.' } });
    expect(idsOf(response)).toEqual([...idsOf(made), expect.stringMatching(/^[\w-]{36}$/)]);
    expect(await hashes()).toEqual([made, response].map(({ body }) => hashOf(String(body['client_secret']))));
    expect(await version()).toBe(before);
  });

  it('is the last one: a third is refused, also of several that come at once', async () => {
    await make();
    const responses = await Promise.all([add(), add(), add()]);
    expect(responses.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409]);
    expect(await add()).toMatchObject({ status: 409, body: { code: 'too_many_secrets' } });
    expect(await hashes()).toHaveLength(2);
  });
});

describe('a secret that is deleted', () => {
  it('is gone, and with it all access tokens of the client', async () => {
    const made = await make();
    const before = await version();
    const second = await add();
    const [first, other] = idsOf(second);
    const response = await remove(first);
    expect(response).toMatchObject({ status: 200, body: { message: 'Secret deleted.' } });
    expect(idsOf(response)).toEqual([other]);
    expect(await hashes()).toEqual([hashOf(String(second.body['client_secret']))]);
    expect(await version()).toBe(before + 1);
    expect(await env.DENYLIST.get('sub:invoicing')).toBe(String(before + 1));
    expect(idsOf(made)).toEqual([first]);
  });

  it('may be the last one, and another one can take its place', async () => {
    const [only] = idsOf(await make());
    expect(idsOf(await remove(only))).toEqual([]);
    expect((await add()).status).toBe(201);
    expect(await hashes()).toHaveLength(1);
  });

  it('is unknown when it is deleted again, and that completes KV after a failure', async () => {
    const [only] = idsOf(await make());
    const before = await version();
    const withoutKv = startAdministration({
      env: () => ({ DENYLIST: watchDenylist(({ operation }) => void (operation === 'put' && fail())) }),
    });
    expect((await withoutKv.ask({ route: `DELETE ${path}/secrets/${String(only)}` })).status).toBe(503);
    expect(await env.DENYLIST.get('sub:invoicing')).toBeNull();
    expect(await remove(only)).toMatchObject({ status: 404, body: { code: 'unknown_secret' } });
    expect(await env.DENYLIST.get('sub:invoicing')).toBe(String(before + 1));
    expect(await version()).toBe(before + 1);
  });

  it('is one of the client: that of another client is unknown', async () => {
    await make();
    const other = await ask({ route: 'POST /admin/clients', body: { name: 'Another' } });
    const [id] = idsOf(other);
    expect(await remove(id)).toMatchObject({ status: 404, body: { code: 'unknown_secret' } });
    const { client_id } = dataOf(other.body);
    expect(idsOf(await ask({ route: `GET /admin/clients/${String(client_id)}` }))).toEqual([id]);
  });
});
