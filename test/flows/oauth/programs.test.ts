import { env, exports } from 'cloudflare:workers';
import { decodeJwt } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { crc32 } from '../../../src/crypto/api-key.ts';
import { declaredRoutes } from '../../support/declared-routes.ts';
import { sql } from '../../support/database.ts';
import { accessTokenOf, addClient, addKey, machine, startMachines } from '../../support/machines.ts';
import { bearer, startClock, tokensOf } from '../../support/service.ts';
import { fail, watchDatabase, watchDenylist } from '../../support/storage.ts';

const { call, register, grant, exchange, introspect, revoke, verify, verifyAt } = startMachines();
const userRequired = { status: 403, body: { code: 'user_required' } };
const insufficient = { status: 403, body: { code: 'insufficient_scope' } };
const revoked = { status: 401, body: { code: 'revoked_token' } };

beforeEach(async () => addClient({ scopes: ['api', 'reports:read'] }));

/** A token of each kind that a program can have, all with the scope `api`. */
async function presentAll() {
  const { access } = tokensOf(await register());
  const userKey = await addKey({ userId: String(decodeJwt(access).sub) });
  const clientKey = await addKey({ clientId: machine.id });
  return {
    machine: accessTokenOf(await grant()),
    'key of a user': userKey.key,
    'key of a client': clientKey.key,
    'exchanged key of a user': accessTokenOf(await exchange(userKey.key)),
    'exchanged key of a client': accessTokenOf(await exchange(clientKey.key)),
  };
}

describe('a place that names no scope', () => {
  it('lets in people only', async () => {
    const programs = await presentAll();
    for (const [kind, token] of Object.entries(programs)) {
      const response = await verify(token);
      expect(response, kind).toMatchObject(userRequired);
      expect(response.headers.get('www-authenticate')).toContain('error="insufficient_scope"');
      expect(response.headers.get('x-user-id')).toBeNull();
    }
  });

  it('is every route for users or administrators', async () => {
    const programs = Object.entries(await presentAll());
    const guarded = declaredRoutes.filter(({ guard, path }) => guard === 'accessToken' || path.startsWith('/admin/'));
    expect(guarded.length).toBeGreaterThan(20);
    for (const { method, path } of guarded) {
      if (path === '/auth/verify') continue;
      for (const [kind, token] of programs) {
        const name = `${method} ${path} with a ${kind}`;
        const concrete = path.replaceAll(/\{\w+\}/g, '01a21687-ecff-7a0c-8a55-0f1e2d3c4b5a');
        const hasBody = method === 'POST' || method === 'PATCH' || method === 'DELETE';
        const json = hasBody ? { 'content-type': 'application/json' } : {};
        const body = path.startsWith('/auth/email/') ? { code: '12345678' } : {};
        const init = { method, headers: { ...json, ...bearer(token) }, ...(hasBody && { body: JSON.stringify(body) }) };
        expect(await call(concrete, init), name).toMatchObject(userRequired);
      }
    }
  });
});

describe('a place that names a scope', () => {
  it('lets in people, machines and API keys that have it', async () => {
    const { access } = tokensOf(await register({ email: 'ann@example.org', password: 'correct horse' }));
    const person = await verifyAt('api', access);
    expect(person).toMatchObject({ status: 204 });
    expect(person.headers.get('x-kind')).toBe('user');
    expect(person.headers.get('x-session-id')).toBe(decodeJwt(access)['sid']);
    expect(person.headers.get('x-client-id')).toBe('first-party');
    for (const [kind, token] of Object.entries(await presentAll())) {
      const { status, headers } = await verifyAt('api', token);
      expect(status, kind).toBe(204);
      const isUser = kind.includes('user');
      expect(headers.get('x-kind')).toBe(isUser ? 'user' : 'machine');
      expect(headers.get('x-user-id') !== null, `${kind} has X-User-Id`).toBe(isUser);
      expect(headers.get('x-roles') !== null).toBe(isUser);
      expect(headers.get('x-session-id')).toBeNull();
      expect(headers.get('x-client-id')).toBe(isUser ? 'api-key' : machine.id);
      expect(headers.get('x-key-id') !== null).toBe(kind.includes('key'));
    }
  });

  it('refuses those who lack one of its scopes, and names them', async () => {
    const { access } = tokensOf(await register({ email: 'ann@example.org', password: 'correct horse' }));
    for (const token of [access, ...Object.values(await presentAll())]) {
      const response = await verifyAt('api reports:write', token);
      expect(response).toMatchObject(insufficient);
      expect(response.headers.get('www-authenticate')).toMatch(
        /^Bearer realm="latchkey", error="insufficient_scope", error_description="[^"]+", scope="api reports:write"$/,
      );
    }
    expect(await verifyAt('api reports:read', accessTokenOf(await grant()))).toMatchObject({ status: 204 });
  });

  it.each([
    'scope=',
    'scope=+',
    'scope=a++b',
    'scope=%22',
    'scope=api&scope=api',
    'scope=api&audience=other',
    'audience=latchkey',
  ])('is refused when it says %s', async (query) => {
    const response = await call(`/auth/verify?${query}`, { headers: bearer(accessTokenOf(await grant())) });
    expect(response).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });

  it.each(['scopes=reports:write', 'Scope=reports:write', 'scope[]=reports:write', 'q=a'])(
    'lets in nobody when it says %s, which names no scope',
    async (query) => {
      const { access } = tokensOf(await register());
      const response = await call(`/auth/verify?${query}`, { headers: bearer(access) });
      expect(response).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    },
  );

  it('may name an audience, and then takes no token for another', async () => {
    const resource = 'https://reports.example.org';
    const { grant, verifyAt, introspect } = startMachines({ env: { RESOURCES: resource } });
    const there = accessTokenOf(await grant({ resource }));
    const here = accessTokenOf(await grant());
    const asked = `&audience=${encodeURIComponent(resource)}`;
    expect(await verifyAt('api', there, asked)).toMatchObject({ status: 204 });
    expect(await verifyAt('api', here, asked)).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
    expect(await verifyAt('api', there)).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
    expect(await introspect({ token: there })).toMatchObject({ body: { active: true, aud: resource } });
    expect(await introspect({ token: here })).toMatchObject({ body: { active: true, aud: 'latchkey' } });
    const gone = startMachines();
    expect(await gone.introspect({ token: there }), 'the resource is none any more').toMatchObject({
      body: { active: false },
    });
  });
});

describe('the check of a machine', () => {
  it('asks KV and not the database, and that of an API key the other way round', async () => {
    const programs = await presentAll();
    const token = programs.machine;
    const key = programs['key of a user'];
    const noDatabase = startMachines({ env: watchDatabase(fail) });
    const noKv = startMachines({ env: { DENYLIST: watchDenylist(fail) } });
    expect(await noDatabase.verifyAt('api', token)).toMatchObject({ status: 204 });
    expect(await noKv.verifyAt('api', token)).toMatchObject({ status: 503 });
    expect(await noDatabase.verifyAt('api', key)).toMatchObject({ status: 503 });
    expect(await noKv.verifyAt('api', key)).toMatchObject({ status: 204 });
  });

  it('refuses it within a minute of the end of its client, and at introspection at once', async () => {
    const clock = startClock();
    const { grant, introspect, verifyAt } = startMachines({ deps: { now: clock.now } });
    const id = 'ended';
    await addClient({ id, scopes: ['api', 'reports:read'] });
    const token = accessTokenOf(await grant({ client_id: id }));
    expect(await introspect({ token })).toMatchObject({
      body: { active: true, kind: 'machine', sub: id, scope: 'api reports:read', client_version: 0 },
    });
    await sql('UPDATE clients SET version = 1');
    expect((await introspect({ token })).body).toEqual({ active: false });
    await sql('UPDATE clients SET version = 0, disabled_at = 1');
    expect((await introspect({ token })).body).toEqual({ active: false });
    await sql('DELETE FROM clients');
    expect((await introspect({ token })).body).toEqual({ active: false });
    await env.DENYLIST.put(`sub:${id}`, '1', { expirationTtl: 60 });
    clock.pass(60);
    expect(await verifyAt('api', token)).toMatchObject(revoked);
  });

  it('refuses everything that an API key was exchanged for once the key is revoked', async () => {
    const programs = await presentAll();
    await sql('UPDATE api_keys SET revoked_at = 1');
    for (const kind of ['exchanged key of a user', 'exchanged key of a client'] as const)
      expect((await introspect({ token: programs[kind] })).body).toEqual({ active: false });
    for (const kind of ['key of a user', 'key of a client'] as const) {
      expect((await introspect({ token: programs[kind] })).body).toEqual({ active: false });
      expect(await verifyAt('api', programs[kind])).toMatchObject({ status: 401, body: { code: 'invalid_api_key' } });
    }
  });
});

describe('the revocation of one token (RFC 7009)', () => {
  it('concerns that token alone, within a minute', async () => {
    const clock = startClock();
    const { grant, revoke, verifyAt } = startMachines({ deps: { now: clock.now } });
    const [one, other] = [accessTokenOf(await grant()), accessTokenOf(await grant())];
    expect(await revoke({ token: one })).toMatchObject({ status: 200 });
    clock.pass(60);
    expect(await verifyAt('api', one)).toMatchObject(revoked);
    expect(await verifyAt('api', other)).toMatchObject({ status: 204 });
  });

  it('of an API key revokes the key and all that it was exchanged for', async () => {
    const clock = startClock();
    const { exchange, revoke, verifyAt } = startMachines({ deps: { now: clock.now } });
    const { key, id } = await addKey({ clientId: machine.id });
    const token = accessTokenOf(await exchange(key));
    expect(await revoke({ token: key })).toMatchObject({ status: 200 });
    expect(await revoke({ token: key }), 'again').toMatchObject({ status: 200 });
    expect(await verifyAt('api', key)).toMatchObject({ status: 401, body: { code: 'invalid_api_key' } });
    expect(await exchange(key)).toMatchObject({ status: 400 });
    clock.pass(60);
    expect(await verifyAt('api', token)).toMatchObject(revoked);
    const events = await sql("SELECT actor, data FROM events WHERE type = 'key_revoked'");
    expect(events).toEqual([
      { actor: 'client:orders.api', data: JSON.stringify({ key_id: id, client_id: machine.id }) },
    ]);
  });

  it('does nothing for a key with a wrong secret', async () => {
    const { key } = await addKey({ clientId: machine.id });
    const forged = forge(key);
    expect(await revoke({ token: forged })).toMatchObject({ status: 200 });
    expect(await verifyAt('api', key)).toMatchObject({ status: 204 });
    expect(await verifyAt('api', forged)).toMatchObject({ status: 401, body: { code: 'invalid_api_key' } });
  });

  it('is for the own tokens of a client, unless it has latchkey:revoke', async () => {
    await addClient({ id: 'shipping', scopes: ['api'] });
    await addClient({ id: 'guard', scopes: ['latchkey:revoke'] });
    const { send } = startMachines();
    const as = (id: string) => ({ client_id: id, client_secret: machine.secret });
    const unauthorized = { status: 400, body: { error: 'unauthorized_client' } };
    const { access, refresh } = tokensOf(await register({ email: 'ann@example.org', password: 'correct horse' }));
    const programs = await presentAll();
    for (const token of [access, refresh, ...Object.values(programs)])
      expect(await send('/oauth/revoke', { token, ...as('shipping') }, {})).toMatchObject(unauthorized);
    expect(await send('/oauth/revoke', { token: 'a.b.c', ...as('shipping') }, {})).toMatchObject({ status: 200 });
    const own = [programs.machine, programs['key of a client'], programs['exchanged key of a client']];
    for (const token of own)
      expect(await send('/oauth/revoke', { token, ...as(machine.id) }, {})).toMatchObject({ status: 200 });
    for (const token of [access, refresh, programs['key of a user'], programs['exchanged key of a user']])
      expect(await send('/oauth/revoke', { token, ...as('guard') }, {})).toMatchObject({ status: 200 });
  });
});

describe('introspection by a client of the database', () => {
  it('needs the scope latchkey:introspect', async () => {
    await addClient({ id: 'gateway', scopes: ['latchkey:introspect'] });
    const { send } = startMachines();
    const token = accessTokenOf(await grant());
    const as = (id: string) => ({ token, client_id: id, client_secret: machine.secret });
    expect(await send('/oauth/introspect', as(machine.id), {})).toMatchObject({
      status: 400,
      body: { error: 'unauthorized_client' },
    });
    expect(await send('/oauth/introspect', as('gateway'), {})).toMatchObject({ body: { active: true } });
  });
});

describe('the RPC method verify', () => {
  it('lets in people only, and with a scope everybody who has it', async () => {
    const { access } = tokensOf(await register({ email: 'ann@example.org', password: 'correct horse' }));
    expect(await exports.Verifier.verify(access)).toMatchObject({ active: true, claims: { kind: 'user' } });
    expect(await exports.Verifier.verify(access, { scope: ['api'] })).toMatchObject({ active: true });
    for (const [kind, token] of Object.entries(await presentAll())) {
      expect(await exports.Verifier.verify(token), kind).toEqual({ active: false, code: 'user_required' });
      expect(await exports.Verifier.verify(token, { scope: 'api' })).toMatchObject({
        active: true,
        claims: { kind: kind.includes('user') ? 'user' : 'machine', scope: expect.stringContaining('api') },
      });
      expect(await exports.Verifier.verify(token, { scope: 'api other' })).toEqual({
        active: false,
        code: 'insufficient_scope',
      });
    }
  });

  it.each([
    { scope: '' },
    { scope: [] },
    { scope: 7 },
    { scope: ['a', ''] },
    { scope: 'api', audience: 7 },
    { audience: 'other' },
    { scope: undefined },
    { scopes: 'api' },
    ['api'],
    [],
    null,
    'api',
  ])('refuses %j, which names no place', async (asked) => {
    const { access } = tokensOf(await register());
    expect(await Reflect.apply(exports.Verifier.verify, exports.Verifier, [access, asked])).toEqual({
      active: false,
      code: 'invalid_request',
    });
  });
});

/** A key with another secret than that of `key`, and with a checksum that is right. */
function forge(key: string): string {
  const body = `${key.slice(0, 19)}${'A'.repeat(43)}`;
  let checksum = '';
  for (let left = crc32(body); left > 0; left = Math.floor(left / 62)) checksum = `${BASE62[left % 62]}${checksum}`;
  return `${body}_${checksum.padStart(6, '0')}`;
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
