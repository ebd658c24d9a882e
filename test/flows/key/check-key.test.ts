import { decodeJwt } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { listOf } from '../../support/administration.ts';
import { keyIn, startKeys } from '../../support/api-keys.ts';
import { sql, sqlValue } from '../../support/database.ts';
import { storedEvents, storedTypes } from '../../support/events.ts';
import { addClient } from '../../support/machines.ts';
import { bearer, joe } from '../../support/service.ts';
import { beforeTrip, fail, watchDatabase } from '../../support/storage.ts';

const DAY = 86_400;
const env = { USER_SCOPES: 'api, articles:write=editor' };

const service = startKeys({ env });
const { createKey, listKeys, revokeKey, check, clock, ask, call } = service;
const { registered, registeredEditor, inDays } = service;
beforeEach(clock.round);

const subOf = (access: string) => String(decodeJwt(access).sub);

describe('an API key', () => {
  it('stands for its user, with those of its scopes that the user still has', async () => {
    const access = await registeredEditor();
    const { key, id } = keyIn(await createKey(access));
    const holder = await check(key);
    expect(holder).toMatchObject({ keyId: id, kind: 'user', scopes: ['api', 'articles:write'] });
    expect(holder).toMatchObject({ user: { id: subOf(access), email: joe.email }, createdAt: clock.now() });
    expect(JSON.stringify(holder)).not.toContain('pbkdf2');
    await sql(`UPDATE users SET roles = '[]'`);
    expect(await check(key)).toMatchObject({ scopes: ['api'] });
    expect(await startKeys({ env: { USER_SCOPES: '' } }).check(key)).toMatchObject({ scopes: [] });
    // It does not get what its owner has got since.
    expect(await startKeys({ env: { USER_SCOPES: 'api, more' } }).check(key)).toMatchObject({ scopes: ['api'] });
  });

  it('stands for its client, and never has a scope of the service', async () => {
    await addClient({ id: 'robot', scopes: ['b', 'a', 'latchkey:introspect'] });
    const { key, id } = keyIn(await service.createKeyOfClient('robot'));
    expect(await check(key)).toEqual({
      keyId: id,
      kind: 'machine',
      client: { id: 'robot', version: 0 },
      scopes: ['a', 'b'],
      createdAt: clock.now(),
      expiresAt: new Date(inDays(90)),
    });
    await sql(`UPDATE api_keys SET scopes = '["a","latchkey:introspect"]'`);
    expect(await check(key)).toMatchObject({ scopes: ['a'] });
    await sql(`UPDATE clients SET scopes = '["b"]'`);
    expect(await check(key)).toMatchObject({ scopes: [] });
  });

  it.each([
    ['disabled', 'UPDATE users SET disabled_at = 1', 'owner disabled'],
    ['deleted', 'DELETE FROM users', 'no such API key'],
  ])('is refused when its user is %s', async (_, statement, reason) => {
    const { key } = keyIn(await createKey(await registered()));
    await sql(statement);
    expect(await check(key)).toEqual({ code: 'invalid_api_key', reason });
  });

  it.each([
    ['disabled', 'UPDATE clients SET disabled_at = 1', 'owner disabled'],
    ['deleted', 'DELETE FROM clients', 'no such API key'],
  ])('is refused when its client is %s', async (_, statement, reason) => {
    await addClient({ id: 'robot', scopes: ['api'] });
    const { key } = keyIn(await service.createKeyOfClient('robot'));
    await sql(statement);
    expect(await check(key)).toEqual({ code: 'invalid_api_key', reason });
  });

  it('is refused from the moment when it expires', async () => {
    const { key } = keyIn(await createKey(await registered(), { name: 'k', expires_in_days: 1 }));
    clock.pass(DAY - 0.001);
    expect(await check(key)).toMatchObject({ kind: 'user' });
    clock.pass(0.001);
    expect(await check(key)).toEqual({ code: 'invalid_api_key', reason: 'expired' });
  });

  it('is refused under another SECRET_KEY', async () => {
    const { key } = keyIn(await createKey(await registered()));
    const SECRET_KEY = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))));
    expect(await check(key, { SECRET_KEY })).toMatchObject({ code: 'invalid_api_key', reason: 'wrong secret' });
  });

  it('costs one round trip, and none with a wrong checksum', async () => {
    const { key } = keyIn(await createKey(await registered()));
    await check(key);
    let trips = 0;
    const database = watchDatabase(() => void (trips += 1));
    await check(key, database);
    expect(trips).toBe(1);
    for (const wrong of [key.slice(0, -1), `${key}0`, key.replace(/.$/, key.endsWith('0') ? '1' : '0'), '', 'lk_'])
      expect(await check(wrong, database)).toMatchObject({ code: 'invalid_token' });
    expect(trips).toBe(1);
  });

  it('notes its use to the hour', async () => {
    const access = await registered();
    const { key } = keyIn(await createKey(access));
    const lastUse = () => sqlValue('SELECT last_used_at FROM api_keys');
    const first = clock.now().getTime();
    const statements: string[][] = [];
    const database = watchDatabase((batch) => void statements.push(batch));
    await check(key, database);
    expect(statements).toHaveLength(2);
    expect(await lastUse()).toBe(first);
    expect(listOf((await listKeys(access)).body)).toMatchObject([{ last_used_on: new Date(first).toISOString() }]);
    clock.pass(3599);
    await check(key, database);
    expect(statements).toHaveLength(3);
    expect(await lastUse()).toBe(first);
    clock.pass(1);
    await check(key, database);
    expect(await lastUse()).toBe(clock.now().getTime());
  });

  it('notes no use and no refusal that the database cannot store', async () => {
    const { key } = keyIn(await createKey(await registered()));
    const broken = () => watchDatabase(beforeTrip(2, async () => fail()));
    expect(await check(key, broken())).toMatchObject({ kind: 'user' });
    expect(await check(await wrongSecretOf(key), broken())).toMatchObject({ code: 'invalid_api_key' });
    expect(await storedTypes()).not.toContain('key_refused');
  });
});

/** A key with the id of `key` and another secret. Its checksum is right. */
async function wrongSecretOf(key: string): Promise<string> {
  const { crc32 } = await import('node:zlib');
  const body = `${key.slice(0, 19)}${'0'.repeat(43)}`;
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  const places = Array.from({ length: 6 }, (_, i) => 62 ** (5 - i));
  return `${body}_${places.map((place) => digits[Math.floor(crc32(body) / place) % 62]).join('')}`;
}

describe('the events of API keys', () => {
  it('tell who made and revoked a key', async () => {
    const access = await registered();
    const { id } = keyIn(await createKey(access));
    await revokeKey(access, id);
    const about = { user_id: subOf(access), actor: 'user', session_id: decodeJwt(access)['sid'] };
    const data = JSON.stringify({ key_id: id });
    expect((await storedEvents()).slice(-2)).toMatchObject([
      { type: 'key_created', ...about, data },
      { type: 'key_revoked', ...about, data },
    ]);
  });

  it('tell of a wrong secret once a minute, and not of an unknown id', async () => {
    const access = await registered();
    const { key, id } = keyIn(await createKey(access));
    const wrong = await wrongSecretOf(key);
    const refused = async () => (await storedEvents()).filter(({ type }) => type === 'key_refused');
    for (const _ of [1, 2]) expect(await check(wrong)).toEqual({ code: 'invalid_api_key', reason: 'wrong secret' });
    const about = { user_id: subOf(access), actor: 'user', data: JSON.stringify({ key_id: id }) };
    expect(await refused()).toMatchObject([about]);
    clock.pass(60);
    await Promise.all([check(wrong), check(wrong), check(wrong)]);
    expect(await refused()).toMatchObject([about, about]);
    expect(await check(await wrongSecretOf(`lk_${'0'.repeat(59)}_000000`))).toMatchObject({
      reason: 'no such API key',
    });
    expect(await refused()).toHaveLength(2);
    expect(await check(key)).toMatchObject({ kind: 'user' });
  });

  it('name the client of a key, and no user', async () => {
    await addClient({ id: 'robot', scopes: ['api'] });
    const { key, id } = keyIn(await service.createKeyOfClient('robot'));
    await check(await wrongSecretOf(key));
    await ask({ route: `DELETE /admin/clients/robot/keys/${id}` });
    const about = { user_id: null, data: JSON.stringify({ key_id: id, client_id: 'robot' }) };
    expect(await storedEvents()).toMatchObject([
      { type: 'key_created', actor: 'operator', ...about },
      { type: 'key_refused', actor: 'client:robot', ...about },
      { type: 'key_revoked', actor: 'operator', ...about },
    ]);
  });

  it('do not tell a user which client revoked a key', async () => {
    const access = await registered();
    await sql(
      "INSERT INTO events (type, at, user_id, actor, request_id) VALUES ('key_revoked', 1, ?, 'client:robot', 'r')",
      subOf(access),
    );
    const { body } = await call('/auth/events?limit=1', { headers: bearer(access) });
    expect(listOf(body)).toMatchObject([{ type: 'key_revoked', actor: 'client', request_id: null }]);
  });
});
