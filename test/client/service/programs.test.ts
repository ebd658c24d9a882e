import { exports } from 'cloudflare:workers';
import { Hono } from 'hono';
import { exportJWK, generateKeyPair } from 'jose';
import { createAdmin } from 'latchkey-client/admin';
import { createMachine } from 'latchkey-client/machine';
import { describe, expect, it } from 'vitest';
import { requireCaller, requireScope, requireUser } from '../../../packages/client/src/hono.ts';
import { type CallerVerdict, createVerifier, type Scope, type Verifier } from '../../../packages/client/src/verify.ts';
import { startNetwork, URL_OF_SERVICE as url } from '../../support/client.ts';
import { client as introspecting, hashOf } from '../../support/clients.ts';
import { operatorToken } from '../../support/operator.ts';
import { joe } from '../../support/service.ts';

const parties = { issuer: url, audience: 'latchkey' };
/**
 * The service, an operator, one verifier of each way, and a maker of machines. The client has another id in each test: the
 * denylist outlives the clients of the others.
 */
function start() {
  const id = `reports-${crypto.randomUUID().slice(0, 8)}`;
  const reports = { name: 'Reports', clientId: id, scopes: ['reports:read', 'reports:write'] };
  const OAUTH_CLIENTS = `${introspecting.id}:${hashOf(introspecting.secret)}`;
  const network = startNetwork({}, { OAUTH_CLIENTS });
  const { fetch } = network;
  const credentials = { clientId: introspecting.id, clientSecret: introspecting.secret };
  const verifiers: Record<string, Verifier> = {
    keys: createVerifier({ ...parties, fetch }),
    introspection: createVerifier({ ...parties, fetch, ...credentials }),
    binding: createVerifier({ ...parties, service: exports.Verifier }),
  };
  const verify = async (token: string, scope?: Scope) => {
    const verdicts: Record<string, CallerVerdict> = {};
    for (const [way, each] of Object.entries(verifiers)) {
      verdicts[way] = await (scope === undefined ? each.verify(token) : each.verify(token, { scope }));
    }
    return verdicts;
  };
  const admin = createAdmin({ url, fetch, token: () => operatorToken() });

  /** A machine of a new client. */
  async function startMachine(more: { scope?: Scope; resource?: string } = {}) {
    const { clientSecret = '' } = await admin.createClient(reports);
    return createMachine({ url, fetch, clientId: id, clientSecret, ...more });
  }

  return { ...network, admin, verifiers, verify, startMachine, id, reports };
}

/** The same of every way, or what each says. */
const all = (verdict: object) => ({ keys: verdict, introspection: verdict, binding: verdict });
const refused = (code: string) => ({ active: false, code });
const active = (claims: object) => ({ active: true, claims: expect.objectContaining(claims) });

describe('a machine', () => {
  it('gets in where a scope is named that it has, by every way with the same claims, and else nowhere', async () => {
    const { startMachine, verify, id } = start();
    const machine = await startMachine();
    const token = await machine.token();
    const claims = { kind: 'machine', sub: id, client_id: id, scope: 'reports:read reports:write' };
    const verdicts = await verify(token, 'reports:read');
    expect(verdicts).toEqual(all(active(claims)));
    expect(verdicts['introspection']).toEqual(verdicts['keys']);
    expect(verdicts['binding']).toEqual(verdicts['keys']);
    expect(await verify(token)).toMatchObject({ keys: refused('user_required'), binding: refused('user_required') });
    expect((await verify(token))['introspection']?.active).toBe(false);
    expect(await verify(token, 'reports:read billing:read')).toMatchObject(all(refused('insufficient_scope')));
    expect(await machine.token()).toBe(token);
  });

  it('gets tokens with fewer scopes, and none with more or for an unknown resource', async () => {
    const { startMachine, verify, admin, fetch, id } = start();
    const machine = await startMachine({ scope: 'reports:read' });
    expect(await verify(await machine.token(), 'reports:write')).toMatchObject(all(refused('insufficient_scope')));
    const { clientSecret } = await admin.createSecret(id);
    const credentials = { url, fetch, clientId: id, clientSecret };
    const greedy = createMachine({ ...credentials, scope: ['reports:read', 'billing:read'] });
    await expect(greedy.token()).rejects.toMatchObject({ code: 'invalid_scope', status: 400 });
    const lost = createMachine({ ...credentials, resource: 'https://nowhere.example.org' });
    await expect(lost.token()).rejects.toMatchObject({ code: 'invalid_target', status: 400 });
    const wrong = createMachine({ ...credentials, clientSecret: 'hunter2' });
    await expect(wrong.token()).rejects.toMatchObject({ code: 'invalid_client', status: 401 });
  });

  it.each(['ES256', 'EdDSA', 'RS256'])('proves itself by a private key of %s', async (alg) => {
    const { admin, fetch, verify, id, reports } = start();
    const pair = await generateKeyPair(alg, { extractable: true });
    const names = { kid: 'k1', alg };
    const jwks = { keys: [{ ...(await exportJWK(pair.publicKey)), ...names }] };
    const { clientSecret } = await admin.createClient({ ...reports, jwks });
    expect(clientSecret).toBeUndefined();
    const privateKey = { ...(await exportJWK(pair.privateKey)), ...names };
    const machine = createMachine({ url, fetch, clientId: id, privateKey });
    const first = await machine.token();
    machine.forget();
    for (const token of [first, await machine.token()]) {
      expect(await verify(token, 'reports:read')).toMatchObject(all({ active: true }));
    }
  });

  it('loses its tokens when it is disabled, except by the keys, and gets no others', async () => {
    const { startMachine, admin, verify, id } = start();
    const machine = await startMachine();
    const token = await machine.token();
    const { client, changed } = await admin.changeClient(id, { disabled: true });
    expect([client.disabled_on, changed]).toEqual([expect.any(String), true]);
    expect(await verify(token, 'reports:read')).toMatchObject({
      keys: { active: true },
      introspection: refused('invalid_token'),
      binding: refused('revoked_token'),
    });
    machine.forget();
    await expect(machine.token()).rejects.toMatchObject({ code: 'invalid_client' });
    await admin.changeClient(id, { disabled: false });
    expect(await verify(await machine.token(), 'reports:read')).toMatchObject(all({ active: true }));
  });

  it('goes on with a second secret when the first is deleted, which ends the tokens', async () => {
    const { startMachine, admin, fetch, verify, id } = start();
    const machine = await startMachine();
    const token = await machine.token();
    const [first] = (await admin.client(id)).secrets;
    const { client, clientSecret } = await admin.createSecret(id);
    expect(client.secrets).toHaveLength(2);
    await expect(admin.createSecret(id)).rejects.toMatchObject({ code: 'too_many_secrets', status: 409 });
    const { secrets } = await admin.deleteSecret(id, first?.secret_id ?? '');
    expect(secrets).toHaveLength(1);
    expect(await verify(token, 'reports:read')).toMatchObject({ binding: refused('revoked_token') });
    machine.forget();
    await expect(machine.token()).rejects.toMatchObject({ code: 'invalid_client' });
    const next = createMachine({ url, fetch, clientId: id, clientSecret });
    expect(await verify(await next.token(), 'reports:read')).toMatchObject(all({ active: true }));
    await expect(admin.deleteSecret(id, first?.secret_id ?? '')).rejects.toMatchObject({
      code: 'unknown_secret',
    });
  });

  it('calls an app, and gets another token when its own is refused', async () => {
    const { verifiers, admin, fetch, id, reports } = start();
    const { binding: verifier = expect.fail() } = verifiers;
    const app = new Hono();
    app.get('/reports', requireCaller(verifier, 'reports:read'), (c) => c.text(c.var.caller.sub));
    app.get('/billing', requireCaller(verifier, 'reports:read'), requireScope('billing:read'), (c) => c.text(''));
    app.get('/me', requireUser(verifier), (c) => c.text(c.var.user.sub));
    const { clientSecret = '' } = await admin.createClient(reports);
    const send = async (input: string | URL | Request, init?: RequestInit) => {
      const request = new Request(input, init);
      return request.url.startsWith(url) ? fetch(request) : app.request(request);
    };
    const machine = createMachine({ url, fetch: send, clientId: id, clientSecret });
    const statusOf = async (path: string) => (await machine.fetch(`https://api.example.org${path}`)).status;
    const statuses = async () => [await statusOf('/reports'), await statusOf('/billing'), await statusOf('/me')];
    expect(await statuses()).toEqual([200, 403, 403]);
    const before = await machine.token();
    await admin.changeClient(id, { scopes: ['reports:read'] });
    expect(await statuses()).toEqual([200, 403, 403]);
    expect(await machine.token()).not.toBe(before);
  });
});

describe('an API key of a user', () => {
  it('gets in by introspection and a binding where its scope is named, until it is revoked', async () => {
    const { open, verify } = start();
    const latchkey = open();
    await latchkey.register(joe);
    const { key, ...record } = await latchkey.createKey({ name: 'Backup' });
    expect(record).toMatchObject({
      name: 'Backup',
      scopes: ['api'],
      last_used_on: null,
      expires_on: expect.any(String),
    });
    expect(await latchkey.keys()).toEqual({ keys: [record], next: undefined });
    const { user_id: sub = '' } = (await latchkey.user()) ?? {};
    const claims = active({ kind: 'user', sub, key_id: record.key_id, scope: 'api' });
    expect(await verify(key, 'api')).toEqual({
      keys: refused('exchange_required'),
      introspection: claims,
      binding: claims,
    });
    expect(await verify(key)).toEqual(all(refused('user_required')));
    expect(await verify(key, 'billing:read')).toMatchObject({
      introspection: refused('insufficient_scope'),
      binding: refused('insufficient_scope'),
    });
    await latchkey.revokeKey(record.key_id);
    await latchkey.revokeKey(record.key_id);
    expect(await verify(key, 'api')).toMatchObject({
      introspection: refused('invalid_api_key'),
      binding: refused('invalid_api_key'),
    });
    expect(await latchkey.keys()).toEqual({ keys: [], next: undefined });
  });

  it('never expires if its user wants that, and has no scope that the user does not have', async () => {
    const { open } = start();
    const latchkey = open();
    await latchkey.register(joe);
    const { expires_on: end } = await latchkey.createKey({ name: 'Backup', scopes: ['api'], expiresInDays: null });
    expect(end).toBeNull();
    const greedy = latchkey.createKey({ name: 'Backup', scopes: ['billing:read'] });
    await expect(greedy).rejects.toMatchObject({ code: 'invalid_request', status: 400 });
    await expect(latchkey.revokeKey('unknown')).rejects.toMatchObject({ code: 'unknown_key', status: 404 });
  });

  it('is seen and revoked by an operator', async () => {
    const { open, admin, verify } = start();
    const latchkey = open();
    await latchkey.register(joe);
    const { key, ...record } = await latchkey.createKey({ name: 'Backup' });
    const { user_id: id = '' } = (await latchkey.user()) ?? {};
    expect(await admin.userKeys(id)).toEqual({ keys: [record], next: undefined });
    await admin.revokeUserKey(id, record.key_id);
    expect(await verify(key, 'api')).toMatchObject({ binding: refused('invalid_api_key') });
  });
});

describe('an API key of a client', () => {
  it('is a machine, until it is revoked', async () => {
    const { admin, verify, id, reports } = start();
    await admin.createClient(reports);
    const { key, ...record } = await admin.createClientKey(id, { name: 'Nightly', scopes: ['reports:read'] });
    expect(await admin.clientKeys(id)).toEqual({ keys: [record], next: undefined });
    const claims = active({ kind: 'machine', sub: id, key_id: record.key_id, scope: 'reports:read' });
    expect(await verify(key, 'reports:read')).toMatchObject({ introspection: claims, binding: claims });
    await admin.revokeClientKey(id, record.key_id);
    expect(await verify(key, 'reports:read')).toMatchObject({
      introspection: refused('invalid_api_key'),
      binding: refused('invalid_api_key'),
    });
  });
});

it('an operator finds, changes and deletes clients', async () => {
  const { admin, id, reports } = start();
  const { client } = await admin.createClient(reports);
  await expect(admin.createClient(reports)).rejects.toMatchObject({ code: 'client_taken', status: 409 });
  const { client: other } = await admin.createClient({ name: 'Other' });
  expect(await admin.clients({ limit: 1 })).toEqual({ clients: [other], next: expect.any(String) });
  expect((await admin.clients()).clients).toEqual([other, client]);
  expect(await admin.changeClient(id, { name: 'Reports' })).toMatchObject({ changed: false });
  expect(await admin.changeClient(id, { name: 'R' })).toMatchObject({ changed: true, client: { name: 'R' } });
  await admin.deleteClient(id);
  await expect(admin.client(id)).rejects.toMatchObject({ code: 'unknown_client', status: 404 });
});
