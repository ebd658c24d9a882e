import { decodeJwt } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { listOf } from '../../support/administration.ts';
import { addKeys, keyIn, startKeys } from '../../support/api-keys.ts';
import { sql, sqlValue } from '../../support/database.ts';
import { addClient } from '../../support/machines.ts';
import { storedEvents, storedTypes } from '../../support/events.ts';
import { joe } from '../../support/service.ts';
import { beforeTrip, fail, type KvOperation, watchDatabase, watchDenylist } from '../../support/storage.ts';

const jane = { ...joe, email: 'jane@gmail.com' };
const env = { USER_SCOPES: 'api, articles:write=editor' };

const service = startKeys({ env });
const { createKey, listKeys, revokeKey, check, clock, ask } = service;
const { registered, registeredEditor, inDays } = service;
beforeEach(clock.round);

const subOf = (access: string) => String(decodeJwt(access).sub);

describe('POST /auth/keys', () => {
  it('makes a key with all scopes of the user for 90 days, and shows it once', async () => {
    const access = await registeredEditor();
    const response = await createKey(access, { name: ' nightly import ' });
    expect(response.status).toBe(201);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const { key, id } = keyIn(response);
    expect(key).toMatch(/^lk_[0-9A-Za-z]{59}_[0-9A-Za-z]{6}$/);
    const data = {
      key_id: id,
      name: 'nightly import',
      scopes: ['api', 'articles:write'],
      created_on: clock.now().toISOString(),
      expires_on: inDays(90),
      last_used_on: null,
    };
    expect(response.body).toEqual({ status: 'success', message: 'Key created.', key, data });
    const list = await listKeys(access);
    expect(list.body).toEqual({ status: 'success', data: [data], next: null });
    expect(JSON.stringify(await sql('SELECT * FROM api_keys'))).not.toContain(key.slice(19));
    expect(JSON.stringify(await sql('SELECT * FROM events'))).not.toContain(key.slice(19));
  });

  it.each([30, 3650, null])('makes a key that expires in %s days', async (expires_in_days) => {
    const { body } = await createKey(await registered(), { name: 'k', expires_in_days });
    const expires_on = expires_in_days === null ? null : inDays(expires_in_days);
    expect(body).toMatchObject({ data: { expires_on } });
  });

  it('gives a key those scopes of the user that are asked for, each once', async () => {
    const access = await registeredEditor();
    const scopes = ['articles:write', 'articles:write'];
    const response = await createKey(access, { name: 'k', scopes });
    expect(response.body).toMatchObject({ data: { scopes: ['articles:write'] } });
    expect(await check(keyIn(response).key)).toMatchObject({ kind: 'user', scopes: ['articles:write'] });
  });

  it.each([
    [{ name: 'k', scopes: ['articles:write'] }, 'scopes'],
    [{ name: 'k', scopes: ['latchkey:introspect'] }, 'scopes'],
    [{ name: 'k', scopes: ['api', 'other'] }, 'scopes'],
    [{ name: 'k', scopes: [] }, 'scopes'],
    [{ name: 'k', scopes: 'api' }, 'scopes'],
    [{ name: 'k', scopes: Array.from({ length: 65 }, () => 'api') }, 'scopes'],
    [{ name: 'k', scopes: [1] }, 'scopes.0'],
    [{}, 'name'],
    [{ name: 1 }, 'name'],
    [{ name: ' \t ' }, 'name'],
    [{ name: 'a\nb' }, 'name'],
    [{ name: 'a\u2028b' }, 'name'],
    [{ name: 'a\u0000' }, 'name'],
    [{ name: '\ud800' }, 'name'],
    [{ name: 'k', expires_in_days: 0 }, 'expires_in_days'],
    [{ name: 'k', expires_in_days: 3651 }, 'expires_in_days'],
    [{ name: 'k', expires_in_days: 1.5 }, 'expires_in_days'],
    [{ name: 'k', expires_in_days: '90' }, 'expires_in_days'],
    [{ name: 'k', expire_in_days: 1 }, ''],
  ])('refuses %j', async (fields, path) => {
    const response = await createKey(await registered(), fields);
    expect(response).toMatchObject({ status: 400, body: { code: 'invalid_request', errors: [{ path }] } });
    expect(await sqlValue('SELECT count(*) FROM api_keys')).toBe(0);
  });

  it('takes a name of 100 characters of any script, and no longer one', async () => {
    const access = await registered();
    const name = '😀'.repeat(100);
    expect(await createKey(access, { name })).toMatchObject({ status: 201, body: { data: { name } } });
    const refusal = { status: 400, body: { errors: [{ path: 'name' }] } };
    expect(await createKey(access, { name: `${name}x` })).toMatchObject(refusal);
  });

  it.each([[''], ['articles:write=editor']])(
    'refuses a user without scopes: USER_SCOPES is %j',
    async (USER_SCOPES) => {
      const { createKey } = startKeys({ env: { USER_SCOPES } });
      expect(await createKey(await registered())).toMatchObject({ status: 403, body: { code: 'keys_closed' } });
    },
  );

  it('stores ten thousand keys of a user at most, not counting those that are revoked', async () => {
    const access = await registered();
    const owner = { column: 'user_id' as const, id: subOf(access) };
    await addKeys(9999, owner);
    await addKeys(50, owner, { revokedAt: 1, prefix: 'r' });
    expect((await createKey(access)).status).toBe(201);
    expect(await createKey(access)).toMatchObject({ status: 409, body: { code: 'too_many_keys' } });
    expect((await createKey(await registered(jane))).status).toBe(201);
    expect((await revokeKey(access, 'k000000000000001')).status).toBe(200);
    expect((await createKey(access)).status).toBe(201);
  });

  it.each([
    ['all sessions end', 'UPDATE users SET version = version + 1'],
    ['the account is disabled', 'UPDATE users SET disabled_at = 1'],
    ['the account is deleted', 'DELETE FROM users'],
  ])('makes no key when %s meanwhile', async (_, statement) => {
    const access = await registered();
    const bindings = watchDatabase(beforeTrip(2, async () => sql(statement)));
    const { createKey } = startKeys({ env: { ...env, ...bindings } });
    expect(await createKey(access)).toMatchObject({ status: 409, body: { code: 'change_conflict' } });
    expect(await sqlValue('SELECT count(*) FROM api_keys')).toBe(0);
    expect(await storedTypes()).not.toContain('key_created');
  });
});

describe('GET /auth/keys', () => {
  it('lists the keys of the user that are not revoked, newest first, page by page', async () => {
    const access = await registered();
    const other = await registered(jane);
    await createKey(other);
    const ids: string[] = [];
    for (let made = 0; made < 5; made += 1) {
      ids.unshift(keyIn(await createKey(access)).id);
      if (made % 2 === 0) clock.pass(1);
    }
    const sorted = (
      await sql('SELECT id FROM api_keys WHERE user_id = ? ORDER BY created_at DESC, id DESC', subOf(access))
    ).map(({ id }) => String(id));
    expect(sorted.toSorted()).toEqual(ids.toSorted());
    await revokeKey(access, sorted[3] ?? '');
    const pages: string[][] = [];
    let after = '';
    for (const _ of [1, 2]) {
      const { status, body } = await listKeys(access, `?limit=2${after}`);
      expect(status).toBe(200);
      pages.push(listOf(body).map(({ key_id }) => String(key_id)));
      after = `&after=${String(body['next'])}`;
    }
    expect(after).toBe('&after=null');
    expect(pages).toEqual([sorted.slice(0, 2), [sorted[2], sorted[4]]]);
  });

  it('lists a hundred at most, and those that have expired', async () => {
    const access = await registered();
    await addKeys(150, { column: 'user_id', id: subOf(access) }, { expiresAt: 1 });
    const { body } = await listKeys(access);
    expect(listOf(body)).toHaveLength(100);
    expect(listOf(body)[0]).toMatchObject({ name: 'key 150', expires_on: '1970-01-01T00:00:00.001Z' });
    expect(listOf((await listKeys(access, `?after=${String(body['next'])}`)).body)).toHaveLength(50);
  });

  it.each(['?after=x', '?after=1.', '?after=', '?limit=0', '?limit=101', '?offset=1'])('refuses %s', async (query) => {
    const refusal = { status: 400, body: { code: 'invalid_request' } };
    expect(await listKeys(await registered(), query)).toMatchObject(refusal);
  });
});

describe('DELETE /auth/keys/{id}', () => {
  it('revokes a key at once, once, and also writes that its access tokens are revoked', async () => {
    const operations: KvOperation[] = [];
    const { revokeKey } = startKeys({
      env: { ...env, DENYLIST: watchDenylist((operation) => void operations.push(operation)) },
    });
    const access = await registered();
    const { key, id } = keyIn(await createKey(access));
    expect(await revokeKey(access, id)).toMatchObject({ status: 200, body: { message: 'Key revoked.' } });
    expect(await check(key)).toEqual({ code: 'invalid_api_key', reason: 'revoked' });
    const revokedAt = await sqlValue('SELECT revoked_at FROM api_keys');
    clock.pass(60);
    expect(await revokeKey(access, id)).toMatchObject({ status: 200 });
    expect(await sqlValue('SELECT revoked_at FROM api_keys')).toBe(revokedAt);
    expect((await storedTypes()).filter((type) => type === 'key_revoked')).toHaveLength(1);
    // KV takes one write of a key in a second, and the second one is repeated until it does.
    const written = operations.filter(({ operation }) => operation === 'put');
    expect(written.length).toBeGreaterThanOrEqual(2);
    for (const write of written) expect(write).toMatchObject({ keys: [`key:${id}`], expirationTtl: 960 });
  });

  it('is 503 while KV takes no writes, and a retry completes it', async () => {
    const access = await registered();
    const { id } = keyIn(await createKey(access));
    const failing = { ...env, DENYLIST: watchDenylist(({ operation }) => (operation === 'put' ? fail() : undefined)) };
    const refusal = { status: 503, body: { code: 'storage_unavailable' } };
    expect(await startKeys({ env: failing }).revokeKey(access, id)).toMatchObject(refusal);
    expect((await revokeKey(access, id)).status).toBe(200);
    expect((await storedTypes()).filter((type) => type === 'key_revoked')).toHaveLength(1);
  });

  it('knows no keys of others, and no other texts', async () => {
    const access = await registered();
    const other = keyIn(await createKey(await registered(jane)));
    await addClient({ id: 'robot', scopes: ['api'] });
    const ofClient = keyIn(await service.createKeyOfClient('robot'));
    for (const id of [other.id, ofClient.id, other.key, '0'.repeat(16), 'x', '%00', other.id.toLowerCase()])
      expect(await revokeKey(access, id), id).toMatchObject({ status: 404, body: { code: 'unknown_key' } });
    expect(await check(other.key)).toMatchObject({ kind: 'user' });
    expect(await check(ofClient.key)).toMatchObject({ kind: 'machine' });
  });
});

describe('an administrator', () => {
  it('lists and revokes the keys of a user', async () => {
    const access = await registered();
    const { key, id } = keyIn(await createKey(access));
    const path = `/admin/users/${subOf(access)}/keys`;
    const listed = await ask({ route: `GET ${path}` });
    expect(listed.body).toEqual((await listKeys(access)).body);
    expect(await ask({ route: `DELETE ${path}/${id}` })).toMatchObject({
      status: 200,
      body: { message: 'Key revoked.' },
    });
    expect(await check(key)).toMatchObject({ reason: 'revoked' });
    const [event] = (await storedEvents()).slice(-1);
    expect(event).toMatchObject({ type: 'key_revoked', user_id: subOf(access), actor: 'operator', session_id: null });
    expect((await ask({ route: `GET ${path}` })).body).toMatchObject({ data: [], next: null });
  });

  it('makes, lists and revokes keys of a client, with its scopes but those of the service', async () => {
    await addClient({ id: 'robot', scopes: ['b', 'latchkey:revoke', 'a'] });
    const response = await service.createKeyOfClient('robot', { name: 'k', scopes: ['b'], expires_in_days: null });
    expect(response).toMatchObject({ status: 201, body: { message: 'Key created.', data: { scopes: ['b'] } } });
    const { key, id } = keyIn(response);
    const listed = await ask({ route: 'GET /admin/clients/robot/keys' });
    expect(listed.body).toEqual({ status: 'success', data: [response.body['data']], next: null });
    for (const scopes of [['latchkey:revoke'], ['c'], []])
      expect(await service.createKeyOfClient('robot', { name: 'k', scopes })).toMatchObject({
        status: 400,
        body: { code: 'invalid_request', errors: [{ path: 'scopes' }] },
      });
    expect((await ask({ route: `DELETE /admin/clients/robot/keys/${id}` })).status).toBe(200);
    expect(await check(key)).toMatchObject({ reason: 'revoked' });
  });

  it('makes no key of a client without scopes, a disabled one, or none', async () => {
    await addClient({ id: 'idle', scopes: ['latchkey:introspect'] });
    const errors = [{ path: 'scopes', message: 'The owner has none to give.' }];
    expect(await service.createKeyOfClient('idle')).toMatchObject({ status: 400, body: { errors } });
    await sql(`UPDATE clients SET scopes = '["api"]', disabled_at = 1`);
    expect(await service.createKeyOfClient('idle')).toMatchObject({ status: 409, body: { code: 'client_disabled' } });
    for (const id of ['robot', crypto.randomUUID(), 'first-party', '%20'])
      expect(await service.createKeyOfClient(id)).toMatchObject({ status: 404, body: { code: 'unknown_client' } });
    expect(await sqlValue('SELECT count(*) FROM api_keys')).toBe(0);
  });

  it('is told when there is no such owner or key', async () => {
    const access = await registered();
    await addClient({ id: 'robot', scopes: ['api'] });
    const { id } = keyIn(await createKey(access));
    const unknown = { status: 404, body: { code: 'unknown_key' } };
    expect(await ask({ route: `DELETE /admin/clients/robot/keys/${id}` })).toMatchObject(unknown);
    expect(await ask({ route: `DELETE /admin/users/${subOf(access)}/keys/${'0'.repeat(16)}` })).toMatchObject(unknown);
    for (const path of ['/admin/users/x/keys', `/admin/users/${crypto.randomUUID()}/keys`]) {
      const refusal = { status: 404, body: { code: 'unknown_user' } };
      expect(await ask({ route: `GET ${path}` })).toMatchObject(refusal);
      expect(await ask({ route: `DELETE ${path}/${id}` })).toMatchObject(refusal);
    }
    for (const path of ['/admin/clients/other/keys', `/admin/clients/${subOf(access)}/keys`]) {
      const refusal = { status: 404, body: { code: 'unknown_client' } };
      expect(await ask({ route: `GET ${path}` })).toMatchObject(refusal);
      expect(await ask({ route: `DELETE ${path}/${id}` })).toMatchObject(refusal);
    }
    expect(await listKeys(access)).toMatchObject({ body: { data: [{ key_id: id }] } });
  });
});
