import { env } from 'cloudflare:workers';
import { decodeJwt } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { sql } from '../../support/database.ts';
import { startClients } from '../../support/clients.ts';
import { startClock, tokensOf } from '../../support/service.ts';
import { fail, watchDatabase, watchDenylist } from '../../support/storage.ts';

const clock = startClock();
const deps = { now: clock.now };
beforeEach(clock.round);

const { introspect, register, logOut, refresh } = startClients({ deps });
const inactive = { status: 200, body: { active: false } };

describe('the introspection of an access token', () => {
  it('is active and has its claims', async () => {
    const { access } = tokensOf(await register());
    const response = await introspect({ token: access });
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const { sub, sid, jti, iat, exp } = decodeJwt(access);
    const parties = { iss: 'http://localhost', aud: 'latchkey', client_id: 'first-party' };
    const versions = { user_version: 0, rights_version: 0 };
    const authentication = { auth_time: iat, acr: 'aal1', amr: ['pwd'] };
    const user = { admin: false, roles: [], email_verified: false, ...versions };
    const claims = { ...parties, sub, sid, jti, iat, exp, ...user, ...authentication };
    const told = { active: true, token_type: 'Bearer', kind: 'user', scope: 'api' };
    expect(response.body).toEqual({ ...told, ...claims });
  });

  it('is inactive when white space is inserted', async () => {
    const { access } = tokensOf(await register());
    const at = access.lastIndexOf('.') + 5;
    for (const mark of [' ', '\n', '\t', '\r\n']) {
      const spaced = access.slice(0, at) + mark + access.slice(at);
      expect((await introspect({ token: spaced })).body).toEqual({ active: false });
    }
    expect((await introspect({ token: ` ${access}` })).body).toEqual({ active: false });
    expect(await introspect({ token: access })).toMatchObject({ body: { active: true } });
  });

  it('is inactive when the token has expired', async () => {
    const { access } = tokensOf(await register());
    clock.pass(899.999);
    expect(await introspect({ token: access })).toMatchObject({ body: { active: true } });
    clock.pass(0.001);
    expect(await introspect({ token: access })).toMatchObject(inactive);
  });
});

describe('the introspection of a refresh token', () => {
  it('is inactive, because a resource server must not take it for a bearer token', async () => {
    const { refresh: first } = tokensOf(await register());
    const { refresh: second } = tokensOf(await refresh(first));
    for (const token of [first, second]) {
      for (const token_type_hint of ['refresh_token', 'access_token', '']) {
        expect(await introspect({ token, token_type_hint })).toMatchObject({ status: 200, body: { active: false } });
        expect((await introspect({ token, token_type_hint })).body).toEqual({ active: false });
      }
    }
    expect(await refresh(second), 'introspection does not rotate it').toMatchObject({ status: 200 });
  });
});

describe('the introspection of any token', () => {
  it('is inactive at once after a logout', async () => {
    const { access, refresh: token } = tokensOf(await register());
    await logOut(access);
    expect(await introspect({ token: access })).toMatchObject(inactive);
    expect(await introspect({ token })).toMatchObject(inactive);
  });

  it('is inactive when an operator revoked the session in the database', async () => {
    const { access, refresh: token } = tokensOf(await register());
    await sql('UPDATE sessions SET revoked_at = unixepoch() * 1000 WHERE revoked_at IS NULL');
    expect(await introspect({ token: access })).toMatchObject(inactive);
    expect(await introspect({ token })).toMatchObject(inactive);
  });

  it('is inactive when the user is disabled or deleted', async () => {
    const { access, refresh: token } = tokensOf(await register());
    await sql('UPDATE users SET disabled_at = 1');
    expect(await introspect({ token: access })).toMatchObject(inactive);
    expect(await introspect({ token })).toMatchObject(inactive);
    await sql('DELETE FROM users');
    expect(await introspect({ token })).toMatchObject(inactive);
  });

  it('is inactive and has nothing else when the token is not ours', async () => {
    const { refresh: token } = tokensOf(await register());
    for (const other of ['a', 'a.b.c', `${token}a`, token.replace('.0.', '.1.'), '\u00e9\u0000', 'A'.repeat(9000)]) {
      expect((await introspect({ token: other })).body).toEqual({ active: false });
    }
  });
});

describe('POST /oauth/introspect', () => {
  it.each(['access_token', 'refresh_token', 'id_token', ''])('ignores the token_type_hint %j', async (hint) => {
    const { access: token } = tokensOf(await register());
    const token_type_hint = hint;
    expect(await introspect({ token, token_type_hint })).toMatchObject({
      body: { active: true, token_type: 'Bearer' },
    });
  });

  it('responds with 503, not with inactive, when the service is at fault', async () => {
    const { access } = tokensOf(await register());
    const unavailable = { status: 503, body: { error: 'temporarily_unavailable' } };
    const broken = startClients({ deps, env: watchDatabase(fail) });
    expect(await broken.introspect({ token: access })).toMatchObject(unavailable);
    const deaf = startClients({ deps, env: { DENYLIST: watchDenylist(fail) } });
    expect(await deaf.introspect({ token: access })).toMatchObject({ body: { active: true } });
    const SIGNING_KEYS = env.SIGNING_KEYS.replace(/"x":".{9}/, '"x":"AAAAAAAAA');
    expect(await startClients({ deps, env: { SIGNING_KEYS } }).introspect({ token: access })).toMatchObject(
      unavailable,
    );
  });
});
