import { env } from 'cloudflare:workers';
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { basic } from '../../support/clients.ts';
import { sql, sqlValue } from '../../support/database.ts';
import {
  ACCESS_TOKEN,
  accessTokenOf,
  addClient,
  addKey,
  EXCHANGE,
  machine,
  startMachines,
} from '../../support/machines.ts';
import { startClock, tokensOf } from '../../support/service.ts';
import { fail, watchDatabase } from '../../support/storage.ts';

const scoped = { env: { USER_SCOPES: 'reports:read, reports:write, articles:write=editor' } };
const { exchange, token, register, status, verify, verifyAt, introspect } = startMachines(scoped);
const invalidRequest = { status: 400, body: { error: 'invalid_request' } };
const invalidKey = {
  ...invalidRequest,
  body: { error_description: 'The subject_token is no API key that is in force.' },
};

/** The id of a user who has registered. */
const registered = async () => String(decodeJwt(tokensOf(await register()).access).sub);

describe('the exchange of an API key of a user', () => {
  it('gives an access token of the user with the scopes of the key, and no session', async () => {
    const userId = await registered();
    await sql(`UPDATE users SET roles = '["editor"]', claims = '{"tenant":"acme"}', admin = 1`);
    const { key, id } = await addKey({ userId }, { scopes: ['articles:write', 'reports:read'] });
    const response = await exchange(key);
    expect(response).toMatchObject({
      status: 200,
      body: {
        issued_token_type: ACCESS_TOKEN,
        token_type: 'Bearer',
        expires_in: 900,
        scope: 'articles:write reports:read',
      },
    });
    expect(response.body['refresh_token']).toBeUndefined();
    const { iat = 0, jti: _, ...claims } = decodeJwt(accessTokenOf(response));
    expect(claims).toEqual({
      iss: env.ISSUER,
      aud: env.AUDIENCE,
      sub: userId,
      client_id: 'api-key',
      key_id: id,
      scope: 'articles:write reports:read',
      admin: false,
      roles: ['editor'],
      tenant: 'acme',
      email_verified: false,
      user_version: 0,
      rights_version: 0,
      exp: iat + 900,
    });
  });

  it('gives the scopes that are asked for and that the user still has, or nothing', async () => {
    const userId = await registered();
    const { key } = await addKey({ userId }, { scopes: ['articles:write', 'reports:read'] });
    expect(await exchange(key), 'without the role').toMatchObject({ body: { scope: 'reports:read' } });
    expect(await exchange(key, { scope: 'reports:read' })).toMatchObject({ body: { scope: 'reports:read' } });
    for (const scope of ['articles:write', 'reports:write', 'reports:read latchkey:revoke'])
      expect(await exchange(key, { scope })).toMatchObject({ status: 400, body: { error: 'invalid_scope' } });
  });

  it('gives a token that ends with the key', async () => {
    const clock = startClock();
    clock.round();
    const { exchange } = startMachines({ ...scoped, deps: { now: clock.now } });
    const expiresAt = clock.now().getTime() + 60_000;
    const { key } = await addKey({ userId: await registered() }, { scopes: ['reports:read'], expiresAt });
    expect(await exchange(key)).toMatchObject({ body: { expires_in: 60 } });
    clock.pass(59.5);
    expect(await exchange(key)).toMatchObject(invalidKey);
    clock.pass(0.5);
    expect(await exchange(key)).toMatchObject(invalidKey);
  });

  it('gives a token of another audience when one is asked for', async () => {
    const { exchange } = startMachines({ env: { ...scoped.env, RESOURCES: 'https://reports.example.org' } });
    const { key } = await addKey({ userId: await registered() }, { scopes: ['reports:read'] });
    const granted = await exchange(key, { resource: 'https://reports.example.org' });
    expect(decodeJwt(accessTokenOf(granted)).aud).toBe('https://reports.example.org');
    expect(await exchange(key, { resource: 'https://other.example.org' })).toMatchObject({
      body: { error: 'invalid_target' },
    });
  });

  it('takes one round trip to the database, and after the response one an hour', async () => {
    const { key } = await addKey({ userId: await registered() }, { scopes: ['reports:read'] });
    let trips = 0;
    const { exchange } = startMachines({ env: { ...scoped.env, ...watchDatabase(() => void (trips += 1)) } });
    await exchange(key);
    expect(trips).toBe(2);
    await exchange(key);
    expect(trips).toBe(3);
    expect(await sqlValue('SELECT last_used_at IS NOT NULL FROM api_keys')).toBe(1);
  });
});

describe('the exchange of an API key of a client', () => {
  it('gives an access token of the client', async () => {
    await addClient();
    const { key, id } = await addKey({ clientId: machine.id }, { scopes: ['reports:read'] });
    const { sub, client_id, key_id, scope, client_version, sid } = decodeJwt(accessTokenOf(await exchange(key)));
    expect({ sub, client_id, key_id, scope, client_version, sid }).toEqual({
      sub: machine.id,
      client_id: machine.id,
      key_id: id,
      scope: 'reports:read',
      client_version: 0,
      sid: undefined,
    });
  });
});

describe('an exchange', () => {
  it('of a key that is wrong, revoked or of a disabled owner is refused', async () => {
    const userId = await registered();
    const { key } = await addKey({ userId }, { scopes: ['reports:read'] });
    const other = await addKey({ userId }, { scopes: ['reports:read'] });
    expect(await exchange(`${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}`)).toMatchObject(invalidKey);
    expect(await exchange('lk_')).toMatchObject(invalidKey);
    expect(await exchange('a.b.c')).toMatchObject(invalidKey);
    await sql('UPDATE api_keys SET revoked_at = 1 WHERE id = ?', other.id);
    expect(await exchange(other.key)).toMatchObject(invalidKey);
    await sql('UPDATE users SET disabled_at = 1');
    expect(await exchange(key)).toMatchObject(invalidKey);
    await sql('DELETE FROM users');
    expect(await exchange(key)).toMatchObject(invalidKey);
  });

  it('of a key with a wrong checksum costs no storage', async () => {
    const { key } = await addKey({ userId: await registered() });
    const swapped = key.replace(/_(.{6})$/, (_, crc: string) => `_${crc === '000000' ? '000001' : '000000'}`);
    const { exchange, verifyAt } = startMachines({ env: { ...scoped.env, ...watchDatabase(fail) } });
    expect(await exchange(swapped)).toMatchObject(invalidKey);
    expect(await verifyAt('reports:read', swapped)).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
    expect(await exchange(key)).toMatchObject({ status: 503 });
  });

  it.each([
    ['of another type of token', { subject_token_type: 'urn:ietf:params:oauth:token-type:id_token' }],
    ['for another type of token', { requested_token_type: 'urn:ietf:params:oauth:token-type:refresh_token' }],
    ['with an actor', { actor_token: 'a' }],
    ['without a type', { subject_token_type: '' }],
  ])('%s is refused', async (_, form) => {
    const { key } = await addKey({ userId: await registered() });
    expect(await exchange(key, form)).toMatchObject(invalidRequest);
  });

  it('names whom the token is for by `resource` or `audience`, and one alone', async () => {
    const [files, reports] = ['urn:example:files', 'https://reports.example.org'];
    const { exchange } = startMachines({ env: { ...scoped.env, RESOURCES: `${files}, ${reports}` } });
    const { key } = await addKey({ userId: await registered() }, { scopes: ['reports:read'] });
    const audienceOf = async (form: object) => decodeJwt(accessTokenOf(await exchange(key, form))).aud;
    expect(await audienceOf({})).toBe('latchkey');
    expect(await audienceOf({ audience: 'latchkey' })).toBe('latchkey');
    expect(await audienceOf({ audience: files })).toBe(files);
    expect(await audienceOf({ audience: reports, resource: reports })).toBe(reports);
    const invalidTarget = { status: 400, body: { error: 'invalid_target' } };
    for (const form of [{ audience: 'other' }, { audience: files, resource: reports }])
      expect(await exchange(key, form)).toMatchObject(invalidTarget);
  });

  it('takes no client but api-key, which has no secret', async () => {
    const { key } = await addKey({ userId: await registered() }, { scopes: ['reports:read'] });
    const form = { grant_type: EXCHANGE, subject_token: key, subject_token_type: ACCESS_TOKEN };
    expect(await token({ ...form, client_id: 'api-key' })).toMatchObject({ status: 200 });
    const invalidClient = { status: 401, body: { error: 'invalid_client' } };
    expect(await token({ ...form, client_id: 'first-party' })).toMatchObject(invalidClient);
    expect(await token(form, basic())).toMatchObject(invalidClient);
    expect(await token({ ...form, client_id: 'api-key', client_secret: 'a' })).toMatchObject(invalidClient);
  });

  it('takes no access token for an API key', async () => {
    const { access } = tokensOf(await register());
    expect(await exchange(access)).toMatchObject(invalidKey);
  });
});

describe('the access token of an exchanged key', () => {
  it('gets in where a scope is named, and on no route for people', async () => {
    const userId = await registered();
    const { key, id } = await addKey({ userId }, { scopes: ['reports:read'] });
    const access = accessTokenOf(await exchange(key));
    const { headers, ...response } = await verifyAt('reports:read', access);
    expect(response).toMatchObject({ status: 204 });
    expect(headers.get('x-kind')).toBe('user');
    expect(headers.get('x-user-id')).toBe(userId);
    expect(headers.get('x-key-id')).toBe(id);
    expect(headers.get('x-session-id')).toBeNull();
    expect(headers.get('x-scopes')).toBe('reports:read');
    const userRequired = { status: 403, body: { code: 'user_required' } };
    expect(await verify(access)).toMatchObject(userRequired);
    expect(await status(access)).toMatchObject(userRequired);
    expect(await introspect({ token: access })).toMatchObject({
      body: { active: true, kind: 'user', key_id: id, scope: 'reports:read' },
    });
  });

  it('ends with the sessions of its user, with another right, and when the user is gone', async () => {
    const clock = startClock();
    const { exchange, verifyAt, introspect, register, logOut } = startMachines({ ...scoped, deps: { now: clock.now } });
    const { access: own } = tokensOf(await register());
    const userId = String(decodeJwt(own).sub);
    const { key } = await addKey({ userId }, { scopes: ['reports:read'] });
    const access = accessTokenOf(await exchange(key));
    await sql('UPDATE users SET rights_version = 1');
    expect(await introspect({ token: access })).toMatchObject({ body: { active: false } });
    await sql('UPDATE users SET rights_version = 0');
    expect(await introspect({ token: access })).toMatchObject({ body: { active: true } });
    await logOut(own, 'all');
    expect(await introspect({ token: access })).toMatchObject({ body: { active: false } });
    clock.pass(60);
    expect(await verifyAt('reports:read', access)).toMatchObject({ status: 401, body: { code: 'revoked_token' } });
    expect(await exchange(key), 'the key goes on').toMatchObject({ status: 200 });
  });
});
