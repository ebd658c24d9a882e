import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import { dataOf, startAdministration } from '../../support/administration.ts';
import { emptyTables, sql, sqlValue } from '../../support/database.ts';
import { storedEvents } from '../../support/events.ts';
import { publicKeys } from '../../support/public-keys.ts';
import { fail, watchDatabase, watchDenylist } from '../../support/storage.ts';

const { ES256, EdDSA } = publicKeys;

const { ask } = startAdministration();
const path = '/admin/clients/invoicing';

beforeEach(async () => {
  await emptyTables();
  await env.DENYLIST.delete('sub:invoicing');
});

/** Makes the client, and returns its first version. */
async function make(fields: object = {}): Promise<number> {
  const body = { name: 'Invoicing', client_id: 'invoicing', scopes: ['a', 'b'], ...fields };
  expect((await ask({ route: 'POST /admin/clients', body })).status).toBe(201);
  return version();
}

const version = async () => Number(await sqlValue('SELECT version FROM clients'));
const entry = () => env.DENYLIST.get('sub:invoicing');
const change = (body: object) => ask({ route: `PATCH ${path}`, body });
const changed = (data: object) => ({ status: 200, body: { message: 'Client changed.', changed: true, data } });

/** The same service with a KV that takes no entries. */
const withoutKv = startAdministration({
  env: () => ({ DENYLIST: watchDenylist(({ operation }) => void (operation === 'put' && fail())) }),
});

describe('a change of a client', () => {
  it.each([
    ['another name', { name: 'Bills' }, { name: 'Bills' }],
    ['another scope', { scopes: ['c', 'b', 'a'] }, { scopes: ['a', 'b', 'c'] }],
    ['public keys', { jwks: { keys: [ES256] } }, { jwks: { keys: [ES256] } }],
  ])('ends no access tokens when the client gets %s', async (_, fields, data) => {
    const before = await make();
    expect(await change(fields)).toMatchObject(changed(data));
    expect(await version()).toBe(before);
  });

  it.each([
    ['it is disabled', {}, { disabled: true }],
    ['a scope is taken away', {}, { scopes: ['a', 'c'] }],
    ['its keys are taken away', { jwks: { keys: [ES256] } }, { jwks: null }],
    ['a key is replaced', { jwks: { keys: [ES256] } }, { jwks: { keys: [{ ...EdDSA, kid: 'es' }] } }],
    ['much is taken away at once', { jwks: { keys: [ES256] } }, { jwks: null, scopes: [], disabled: true }],
  ])('ends all access tokens when %s', async (_, from, fields) => {
    const before = await make(from);
    expect(await change(fields)).toMatchObject(changed({ client_id: 'invoicing' }));
    expect(await version()).toBe(before + 1);
    expect(await entry()).toBe(String(before + 1));
  });

  it('is complete in KV when it is asked for again after a failure', async () => {
    for (const fields of [{ disabled: true }, { scopes: [] }, { jwks: null }]) {
      await emptyTables();
      await env.DENYLIST.delete('sub:invoicing');
      const before = await make({ jwks: { keys: [ES256] } });
      expect(await withoutKv.ask({ route: `PATCH ${path}`, body: fields })).toMatchObject({
        status: 503,
        body: { code: 'storage_unavailable' },
      });
      expect(await version()).toBe(before + 1);
      expect(await entry()).toBeNull();
      expect((await change(fields)).body).toMatchObject({ message: 'Nothing to change.', changed: false });
      expect(await version()).toBe(before + 1);
      expect(await entry()).toBe(String(before + 1));
    }
  });

  it('enables a client again, without its former access tokens', async () => {
    const before = await make();
    expect((await change({ disabled: true })).body).toMatchObject({
      data: { disabled_on: expect.stringMatching(/Z$/) },
    });
    expect((await change({ disabled: false })).body).toMatchObject({ changed: true, data: { disabled_on: null } });
    expect(await version()).toBe(before + 1);
  });

  it('keeps the time when it disables a client that is disabled', async () => {
    await make();
    const { disabled_on } = dataOf((await change({ disabled: true })).body);
    expect((await change({ disabled: true, name: 'Bills' })).body).toMatchObject({ data: { disabled_on } });
  });

  it.each([{}, { scopes: ['b', 'a', 'b'] }, { name: 'Invoicing', disabled: false, jwks: null }])(
    'is none when nothing differs: %j',
    async (fields) => {
      const before = await make();
      expect(await change(fields)).toMatchObject({
        status: 200,
        body: { message: 'Nothing to change.', changed: false },
      });
      expect(await version()).toBe(before);
      expect(await storedEvents()).toMatchObject([{ type: 'client_created' }]);
    },
  );

  it('is refused as a whole when one field is wrong', async () => {
    await make();
    expect(await change({ name: 'Bills', jwks: { keys: [{ ...ES256, d: 'a' }] } })).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', errors: [{ path: 'jwks.keys.0' }] },
    });
    expect(await change({ name: 'Bills', version: 7 })).toMatchObject({ status: 400 });
    expect(await sqlValue('SELECT name FROM clients')).toBe('Invoicing');
  });

  it('loses nothing of what another one changes at the same time', async () => {
    await make();
    const responses = await Promise.all([change({ name: 'Bills' }), change({ scopes: ['c'] })]);
    expect(responses.map(({ status }) => status)).toEqual([200, 200]);
    expect(await sql('SELECT name, scopes FROM clients')).toEqual([{ name: 'Bills', scopes: '["c"]' }]);
  });

  it('does not take back a scope that another one adds before it writes', async () => {
    await make();
    let isFirst = true;
    const busy = startAdministration({
      env: () =>
        watchDatabase(async ([first = '']) => {
          if (!isFirst || !first.startsWith('update "clients"')) return;
          isFirst = false;
          await sql(`UPDATE clients SET scopes = '["a","b","c"]'`);
        }),
    });
    expect(await busy.ask({ route: `PATCH ${path}`, body: { name: 'Bills' } })).toMatchObject({ status: 200 });
    expect(await sql('SELECT name, scopes FROM clients')).toEqual([{ name: 'Bills', scopes: '["a","b","c"]' }]);
  });

  it('gives up when others change the client again and again', async () => {
    await make();
    const busy = startAdministration({
      env: () =>
        watchDatabase(async ([first = '']) => {
          if (first.startsWith('update "clients"')) await sql('UPDATE clients SET version = version + 1');
        }),
    });
    const conflict = { status: 409, body: { code: 'change_conflict' } };
    expect(await busy.ask({ route: `PATCH ${path}`, body: { name: 'Bills' } })).toMatchObject(conflict);
    expect(await sqlValue('SELECT name FROM clients')).toBe('Invoicing');
  });
});

describe('a deletion of a client', () => {
  it('deletes its API keys, and ends its access tokens', async () => {
    const before = await make();
    await sql(`INSERT INTO api_keys (id, client_id, name, mac, scopes, created_at)
      VALUES ('k', 'invoicing', 'a', 'a', '[]', 0)`);
    expect(await ask({ route: `DELETE ${path}` })).toMatchObject({ status: 200, body: { message: 'Client deleted.' } });
    expect(await sql('SELECT id FROM clients')).toEqual([]);
    expect(await sql('SELECT id FROM api_keys')).toEqual([]);
    expect(await entry()).toBe(String(before + 1));
    expect(await ask({ route: `GET ${path}` })).toMatchObject({ status: 404, body: { code: 'unknown_client' } });
  });

  it('leaves a disabled client when KV fails, and is done when it is asked for again', async () => {
    const before = await make();
    expect((await withoutKv.ask({ route: `DELETE ${path}` })).status).toBe(503);
    expect(await sql('SELECT version, disabled_at IS NULL AS enabled FROM clients')).toEqual([
      { version: before + 1, enabled: 0 },
    ]);
    expect((await ask({ route: `DELETE ${path}` })).status).toBe(200);
    expect(await entry()).toBe(String(before + 1));
    expect(await sql('SELECT id FROM clients')).toEqual([]);
  });

  it('is refused when somebody enables the client meanwhile', async () => {
    await make();
    const busy = startAdministration({
      env: () =>
        watchDatabase(async ([first = '']) => {
          if (first.startsWith('delete from "clients"')) await sql('UPDATE clients SET disabled_at = NULL');
        }),
    });
    expect(await busy.ask({ route: `DELETE ${path}` })).toMatchObject({
      status: 409,
      body: { code: 'change_conflict' },
    });
    expect(await sql('SELECT id FROM clients')).toEqual([{ id: 'invoicing' }]);
  });

  it('leaves the id free, for a client whose access tokens its entry does not concern', async () => {
    await make();
    await change({ disabled: true });
    await ask({ route: `DELETE ${path}` });
    const entryOfFormer = Number(await entry());
    const inTwoSeconds = new Date(Date.now() + 2000);
    const later = startAdministration({ deps: { now: () => inTwoSeconds } });
    await later.ask({ route: 'POST /admin/clients', body: { name: 'Invoicing', client_id: 'invoicing' } });
    expect(await version()).toBeGreaterThanOrEqual(entryOfFormer);
  });
});
