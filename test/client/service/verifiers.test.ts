import { exports } from 'cloudflare:workers';
import { decodeJwt } from 'jose';
import { createAdmin } from 'latchkey-client/admin';
import { type Context, Hono } from 'hono';
import { describe, expect, it, vi } from 'vitest';
import { requireRole, requireUser } from '../../../packages/client/src/hono.ts';
import { createVerifier, type Verifier } from '../../../packages/client/src/verify.ts';
import { client, startClients } from '../../support/clients.ts';
import { operatorToken } from '../../support/operator.ts';
import { bearer, joe, startClock, tokensOf } from '../../support/service.ts';

const parties = { issuer: 'http://localhost', audience: 'latchkey' };

/** Starts the service, and one verifier of each way that asks it. */
function start(options: Parameters<typeof startClients>[0] = {}) {
  const service = startClients(options);
  const fetch = async (url: string, init: RequestInit) => {
    const { method = 'GET', headers: sent = {}, body: form = null } = init;
    const { status, headers, body } = await service.call(url, { method, headers: sent, body: form });
    return Response.json(body, { status, headers });
  };
  const verifiers: Record<string, Verifier> = {
    keys: createVerifier({ ...parties, fetch }),
    introspection: createVerifier({ ...parties, fetch, clientId: client.id, clientSecret: client.secret }),
    binding: createVerifier({ ...parties, service: exports.Verifier }),
  };
  const verify = async (token: string) =>
    Object.fromEntries(
      await Promise.all(Object.entries(verifiers).map(async ([way, each]) => [way, await each.verify(token)] as const)),
    );
  return { ...service, fetch, verifiers, verify };
}

/** The same of every way, or what each says. */
const all = (verdict: object) => ({ keys: verdict, introspection: verdict, binding: verdict });
const refused = (code: string) => ({ active: false, code });

describe('the three ways to verify', () => {
  it('give the same claims of one token', async () => {
    const { register, verify } = start();
    const { access } = tokensOf(await register());
    const { sub, sid, jti, iat, exp } = decodeJwt(access);
    const rights = { admin: false, roles: [], rights_version: expect.any(Number) };
    const person = { kind: 'user', scope: 'api', client_id: 'first-party', email_verified: false };
    const authentication = { auth_time: iat, acr: 'aal1', amr: ['pwd'] };
    const claims = { sub, sid, jti, iat, exp, ...person, ...rights, ...authentication };
    expect(await verify(access)).toEqual(all({ active: true, claims }));
  });

  it('give the roles and claims of the user, and see a change of them as they see a logout', async () => {
    const { register, logIn, fetch, verify, verifiers } = start();
    const { access } = tokensOf(await register());
    const { sub: id = '' } = decodeJwt(access);
    const send = async (input: string | URL | Request, init?: RequestInit) => fetch(new Request(input).url, init ?? {});
    const { users } = createAdmin({ url: parties.issuer, token: () => operatorToken(), fetch: send });
    const rights = { roles: ['billing:read', 'editor'], claims: { tenant: 'acme', limits: { seats: [1, null] } } };
    await users.change(id, rights);
    expect(await verify(access)).toEqual({
      keys: { active: true, claims: expect.objectContaining({ roles: [] }) },
      introspection: refused('invalid_token'),
      binding: refused('expired_token'),
    });
    const { access: next } = tokensOf(await logIn());
    const claims = expect.objectContaining({ sub: id, roles: rights.roles, ...rights.claims });
    expect(await verify(next)).toEqual(all({ active: true, claims }));
    for (const verifier of Object.values(verifiers)) {
      const app = new Hono().use(requireUser(verifier));
      for (const role of ['editor', 'owner']) app.get(`/${role}`, requireRole(role), (c) => c.text(role));
      const statusOf = async (path: string) => (await app.request(path, { headers: bearer(next) })).status;
      expect([await statusOf('/editor'), await statusOf('/owner')]).toEqual([200, 403]);
    }
  });

  it('never take a refresh token for an access token', async () => {
    const { register, verify } = start();
    expect(await verify(tokensOf(await register()).refresh)).toMatchObject(all(refused('invalid_token')));
  });

  it('refuse a token whose signature, header or payload was changed', async () => {
    const { register, verify } = start();
    const [header = '', payload = '', signature = ''] = tokensOf(await register()).access.split('.');
    const other = btoa(JSON.stringify({ ...decodeJwt(`${header}.${payload}.`), admin: true })).replaceAll('=', '');
    const changed = [
      [header, payload, `${signature.slice(0, -4)}AAAA`],
      [header, other, signature],
      [header, payload, ''],
      ['eyJhbGciOiJub25lIn0', payload, ''],
    ];
    for (const parts of changed) expect(await verify(parts.join('.'))).toMatchObject(all(refused('invalid_token')));
  });

  it('see a logout, except by the keys', async () => {
    const { register, logOut, verify } = start();
    const { access } = tokensOf(await register());
    await logOut(access);
    expect(await verify(access)).toEqual({
      keys: { active: true, claims: expect.any(Object) },
      introspection: refused('invalid_token'),
      binding: refused('revoked_token'),
    });
  });

  it('refuse an expired token, and all but introspection say so', async () => {
    const clock = startClock();
    clock.pass(-1000);
    const { register } = start({ deps: { now: clock.now } });
    const { access } = tokensOf(await register());
    expect(await start().verify(access)).toEqual({
      keys: refused('expired_token'),
      introspection: refused('invalid_token'),
      binding: refused('expired_token'),
    });
  });

  it('refuse a token of a Latchkey with another issuer or audience', async () => {
    for (const env of [{ ISSUER: 'https://auth.example.net' }, { AUDIENCE: 'other' }]) {
      const { access } = tokensOf(
        await start({ env }).register({ ...joe, email: `${Object.keys(env).join()}@example.org` }),
      );
      expect(await start().verify(access)).toMatchObject(all(refused('invalid_token')));
    }
  });

  it('say unavailable of a wrong client secret, and of a Latchkey that is misconfigured', async () => {
    const { register, fetch } = start();
    const { access } = tokensOf(await register());
    const wrong = createVerifier({ ...parties, fetch, clientId: client.id, clientSecret: 'hunter2' });
    expect(await wrong.verify(access)).toMatchObject(refused('unavailable'));

    vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const { verifiers } = start({ env: { SECRET_KEY: 'hunter2', SIGNING_KEYS: '' } });
    expect(await verifiers['keys']?.verify(access)).toMatchObject(refused('unavailable'));
    expect(await verifiers['introspection']?.verify(access)).toMatchObject(refused('unavailable'));
    vi.restoreAllMocks();
  });

  it('let users into a Hono app', async () => {
    const { register, logOut, verifiers } = start();
    const { access, refresh } = tokensOf(await register());
    for (const verifier of Object.values(verifiers)) {
      const app = new Hono().get('/me', requireUser(verifier), (c) => c.text(c.var.user.sub));
      expect(await (await app.request('/me', { headers: bearer(access) })).text()).toBe(decodeJwt(access).sub);
      expect((await app.request('/me', { headers: bearer(refresh) })).status).toBe(401);
    }
    await logOut(access);
    const app = new Hono().get(
      '/me',
      requireUser((c: Context<{ Bindings: Pick<typeof exports, 'Verifier'> }>) =>
        createVerifier({ service: c.env.Verifier }),
      ),
      (c) => c.text(''),
    );
    const response = await app.request('/me', { headers: bearer(access) }, exports);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('The access token has been revoked.');
  });
});
