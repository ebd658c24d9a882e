import { env } from 'cloudflare:workers';
import { decodeJwt } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { sql } from '../support/database.ts';
import { startClients } from '../support/clients.ts';
import { startClock, tokensOf } from '../support/service.ts';
import { fail, watchDatabase, watchDenylist } from '../support/storage.ts';

const clock = startClock();
const deps = { now: clock.now };
beforeEach(clock.round);

const { introspect, register, logOut, refresh } = startClients({ deps });
const inactive = { status: 200, body: { active: false } };

describe('an access token', () => {
  it('is active, and its claims are told', async () => {
    const { access } = tokensOf(await register());
    const answer = await introspect({ token: access });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const { sub, sid, jti, iat, exp } = decodeJwt(access);
    const claims = { iss: 'http://localhost', aud: 'latchkey', sub, sid, jti, iat, exp, admin: false };
    expect(answer.body).toEqual({ active: true, token_type: 'Bearer', ...claims });
  });

  it('is not active when it has expired', async () => {
    const { access } = tokensOf(await register());
    clock.pass(899.999);
    expect(await introspect({ token: access })).toMatchObject({ body: { active: true } });
    clock.pass(0.001);
    expect(await introspect({ token: access })).toMatchObject(inactive);
  });
});

describe('a refresh token', () => {
  it('is active until its session ends', async () => {
    const { access, refresh: token } = tokensOf(await register());
    const answer = await introspect({ token });
    const { sub, sid, iat = 0 } = decodeJwt(access);
    expect(answer.body).toEqual({ active: true, iss: 'http://localhost', sub, sid, exp: iat + 2_592_000 });
    clock.pass(2_591_999.999);
    expect(await introspect({ token })).toMatchObject({ body: { active: true } });
    clock.pass(0.001);
    expect(await introspect({ token })).toMatchObject(inactive);
  });

  it('is active as long as it would be answered, and nothing is used up by asking', async () => {
    const { refresh: first } = tokensOf(await register());
    const { refresh: second } = tokensOf(await refresh(first));
    clock.pass(9.999);
    expect(await introspect({ token: first })).toMatchObject({ body: { active: true } });
    clock.pass(0.001);
    expect(await introspect({ token: first })).toMatchObject(inactive);
    expect(await introspect({ token: second })).toMatchObject({ body: { active: true } });
    expect(await refresh(second)).toMatchObject({ status: 200 });
  });

  it('ends with the absolute life of its session, also when that has been shortened', async () => {
    const { refresh: token } = tokensOf(await register());
    const lives = { REFRESH_IDLE_TTL_SECONDS: '3600', REFRESH_ABSOLUTE_TTL_SECONDS: '3600' };
    const shortened = startClients({ deps, env: lives });
    clock.pass(3599.999);
    expect(await shortened.introspect({ token })).toMatchObject({ body: { active: true } });
    clock.pass(0.001);
    expect(await shortened.introspect({ token })).toMatchObject(inactive);
  });
});

describe('neither is active', () => {
  it('after a logout, at once', async () => {
    const { access, refresh: token } = tokensOf(await register());
    await logOut(access);
    expect(await introspect({ token: access })).toMatchObject(inactive);
    expect(await introspect({ token })).toMatchObject(inactive);
  });

  it('when an operator has marked the session', async () => {
    const { access, refresh: token } = tokensOf(await register());
    await sql('UPDATE sessions SET revoked_at = unixepoch() * 1000 WHERE revoked_at IS NULL');
    expect(await introspect({ token: access })).toMatchObject(inactive);
    expect(await introspect({ token })).toMatchObject(inactive);
  });

  it('when the user is disabled or gone', async () => {
    const { access, refresh: token } = tokensOf(await register());
    await sql('UPDATE users SET disabled_at = 1');
    expect(await introspect({ token: access })).toMatchObject(inactive);
    expect(await introspect({ token })).toMatchObject(inactive);
    await sql('DELETE FROM users');
    expect(await introspect({ token })).toMatchObject(inactive);
  });

  it('when it is not ours, and nothing more is said', async () => {
    const { refresh: token } = tokensOf(await register());
    for (const other of ['a', 'a.b.c', `${token}a`, token.replace('.0.', '.1.'), '\u00e9\u0000', 'A'.repeat(9000)]) {
      expect((await introspect({ token: other })).body).toEqual({ active: false });
    }
  });
});

it.each(['access_token', 'refresh_token', 'id_token', ''])('a hint of %j changes nothing', async (hint) => {
  const { access, refresh: token } = tokensOf(await register());
  const token_type_hint = hint;
  expect(await introspect({ token: access, token_type_hint })).toMatchObject({ body: { token_type: 'Bearer' } });
  expect(await introspect({ token, token_type_hint })).toMatchObject({ body: { active: true } });
});

it('a service at fault does not pass for a token that is not active', async () => {
  const { access, refresh: token } = tokensOf(await register());
  const unavailable = { status: 503, body: { error: 'temporarily_unavailable' } };
  const broken = startClients({ deps, env: watchDatabase(fail) });
  expect(await broken.introspect({ token: access })).toMatchObject(unavailable);
  expect(await broken.introspect({ token })).toMatchObject(unavailable);
  const deaf = startClients({ deps, env: { DENYLIST: watchDenylist(fail) } });
  expect(await deaf.introspect({ token: access })).toMatchObject({ body: { active: true } });
  const SIGNING_KEYS = env.SIGNING_KEYS.replace(/"x":".{9}/, '"x":"AAAAAAAAA');
  expect(await startClients({ deps, env: { SIGNING_KEYS } }).introspect({ token: access })).toMatchObject(unavailable);
});
