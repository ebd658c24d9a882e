import { decodeJwt } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import known from '../../crypto/known-answers.json' with { type: 'json' };
import { sql } from '../../support/database.ts';
import { countRows, joe, startService, tokensOf } from '../../support/service.ts';
import { invalid, startRefreshing } from '../../support/refreshing.ts';
import { beforeTrip, fail, watchDatabase, watchDenylist } from '../../support/storage.ts';

const { call, post, register, logIn, logOut, refresh, status, ...refreshing } = startRefreshing();
const { clock, deps, row, registerForTokens, refreshForTokens, refreshElsewhere } = refreshing;
beforeEach(clock.round);

describe('POST /auth/refresh', () => {
  it('responds with new tokens of the same session', async () => {
    const first = await registerForTokens();
    clock.pass(600);
    const response = await refresh(first.refresh);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.body).toEqual({
      status: 'success',
      message: 'Token refreshed.',
      auth_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 900,
      refresh_token: expect.any(String),
      refresh_expires_in: 2_592_000,
    });
    const { access, refresh: next } = tokensOf(response);
    expect(next).not.toBe(first.refresh);
    const [before, after] = [decodeJwt(first.access), decodeJwt(access)];
    expect(after).toMatchObject({ sub: before.sub, sid: before['sid'], iat: (before.iat ?? 0) + 600 });
    expect(after.jti).not.toBe(before.jti);
    expect(await status(access)).toMatchObject({ status: 200 });
    expect(await countRows()).toMatchObject({ sessions: 1 });
  });

  it('rotates the token at every call of a young session', async () => {
    let { refresh: token } = await registerForTokens();
    const seen = new Set([token]);
    for (let times = 0; times < 5; times += 1) {
      token = (await refreshForTokens(token)).refresh;
      seen.add(token);
    }
    expect(seen.size).toBe(6);
  });

  it('puts into the access token whether the user is an administrator now', async () => {
    const { refresh: token } = await registerForTokens();
    const jane = tokensOf(await register({ ...joe, email: 'jane@gmail.com' }));
    await sql("UPDATE users SET admin = 1 WHERE email = 'joe@gmail.com'");
    expect(decodeJwt((await refreshForTokens(token)).access)).toMatchObject({ admin: true });
    expect(decodeJwt((await refreshForTokens(jane.refresh)).access)).toMatchObject({ admin: false });
  });

  it('keeps the other sessions of the user', async () => {
    const first = await registerForTokens();
    const second = tokensOf(await logIn());
    await refreshForTokens(second.refresh);
    expect(await refresh(first.refresh)).toMatchObject({ status: 200 });
  });
});

describe('the life of a session', () => {
  it('ends thirty days after its last refresh', async () => {
    const first = await registerForTokens();
    clock.pass(2_592_000 - 1);
    const { refresh: token } = await refreshForTokens(first.refresh);
    clock.pass(2_592_000 - 0.999);
    expect(await refresh(token)).toMatchObject(invalid);
    expect(await row()).toMatchObject({ revoked_at: null });
  });

  it('ends ninety days after its beginning, and no token outlives it', async () => {
    let { refresh: token } = await registerForTokens();
    for (const days of [29, 29, 29]) {
      clock.pass(days * 86_400);
      token = (await refreshForTokens(token)).refresh;
    }
    clock.pass(3 * 86_400 - 100);
    const response = await refresh(token);
    expect(response.body).toMatchObject({ expires_in: 100, refresh_expires_in: 100 });
    const { access, refresh: last } = tokensOf(response);
    clock.pass(99);
    expect((await refresh(last)).body).toMatchObject({ expires_in: 1, refresh_expires_in: 1 });
    clock.pass(0.001);
    expect(await refresh(last), 'no whole second is left for an access token').toMatchObject(invalid);
    clock.pass(0.998);
    expect(await status(access)).toMatchObject({ status: 200 });
    clock.pass(0.001);
    expect(await status(access)).toMatchObject({ status: 401, body: { code: 'expired_token' } });
  });

  it('is as long as the configuration says at the refresh, not at the login', async () => {
    const { refresh: token } = await registerForTokens();
    clock.pass(3600);
    const shortened = { REFRESH_ABSOLUTE_TTL_SECONDS: '3600', REFRESH_IDLE_TTL_SECONDS: '3600' };
    expect(await startService({ deps, env: shortened }).refresh(token)).toMatchObject(invalid);
    expect(await refresh(token)).toMatchObject({ status: 200 });
  });

  it('goes on by a refresh when the access token has expired', async () => {
    const { access, refresh: token } = await registerForTokens();
    clock.pass(899.999);
    expect(await status(access)).toMatchObject({ status: 200 });
    clock.pass(0.001);
    expect(await status(access)).toMatchObject({ status: 401, body: { code: 'expired_token' } });
    expect(await status((await refreshForTokens(token)).access)).toMatchObject({ status: 200 });
  });
});

describe('POST /auth/refresh refuses the token', () => {
  it('of a session that was logged out', async () => {
    const { access, refresh: token } = await registerForTokens();
    await logOut(access);
    expect(await refresh(token)).toMatchObject(invalid);
  });

  it('of a session that an operator revoked in the database', async () => {
    const { refresh: token } = await registerForTokens();
    await sql('UPDATE sessions SET revoked_at = unixepoch() * 1000 WHERE revoked_at IS NULL');
    expect(await refresh(token)).toMatchObject(invalid);
  });

  it('of a disabled user until the user is enabled again, and of a deleted user', async () => {
    const { refresh: token } = await registerForTokens();
    await register({ ...joe, email: 'jane@gmail.com' });
    await sql("UPDATE users SET disabled_at = 1 WHERE email = 'joe@gmail.com'");
    expect(await refresh(token)).toMatchObject(invalid);
    await sql('UPDATE users SET disabled_at = NULL');
    const { refresh: next } = await refreshForTokens(token);
    await sql('DELETE FROM users');
    expect(await refresh(next)).toMatchObject(invalid);
  });

  it('of a generation that is not handed out yet, as after a restore of the database', async () => {
    const { refresh: token } = await registerForTokens();
    const { refresh: next } = await refreshForTokens(token);
    await sql('UPDATE sessions SET generation = 0, rotated_at = NULL');
    expect(await refresh(next)).toMatchObject(invalid);
    expect(await row()).toMatchObject({ revoked_at: null });
  });

  it('with a MAC under another key, without asking storage', async () => {
    const SECRET_KEY = known.secretKey;
    const { refresh: foreign } = tokensOf(await startService({ deps, env: { SECRET_KEY } }).register());
    const untouched = { ...watchDatabase(fail), DENYLIST: watchDenylist(fail) };
    expect(await startService({ deps, env: untouched }).refresh(foreign)).toMatchObject(invalid);
  });

  it('that does not have our format or MAC, without asking storage', async () => {
    const { access, refresh: token } = await registerForTokens();
    const [id = '', generation = '', mac = ''] = token.split('.');
    const { refresh } = startService({ deps, env: { ...watchDatabase(fail), DENYLIST: watchDenylist(fail) } });
    const others = [
      '',
      'a',
      '..',
      access,
      `${id}.${generation}.`,
      `${id}.${generation}`,
      `${id}.1.${mac}`,
      `${id}.00.${mac}`,
      `${id}.-1.${mac}`,
      `${id}.${generation}.${mac}.`,
      ` ${token}`,
      `${id}.${generation}.${'A'.repeat(43)}`,
      `01890a5d-ac96-774b-bcce-b302099a8057.${generation}.${mac}`,
      `${id}.9999999999999999.${mac}`,
      `${id.toUpperCase()}.${generation}.${mac}`,
      'A'.repeat(10_000),
    ];
    const bodies = await Promise.all(others.map(async (other) => (await refresh(other)).body));
    const shapes = bodies.map((body) => JSON.stringify({ ...body, request_id: '' }));
    expect(new Set(shapes)).toEqual(new Set([JSON.stringify({ status: 'fail', ...invalid.body, request_id: '' })]));
  });

  it.each([[{}], [{ refresh_token: null }], [{ refresh_token: 7 }], [{ refreshToken: 'a' }], [[]], ['a'], [null]])(
    'in the invalid body %j',
    async (body) => {
      const response = await post('/auth/refresh', JSON.stringify(body));
      expect(response).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    },
  );

  it('with the challenge that RFC 9110 asks of every 401, which names no error of an access token', async () => {
    const { headers } = await refresh('a');
    expect(headers.get('www-authenticate')).toBe('Bearer realm="latchkey"');
    const response = await call('/auth/refresh', { method: 'POST', body: 'refresh_token=a' });
    expect(response).toMatchObject({ status: 415, body: { code: 'unsupported_media_type' } });
  });
});

describe('POST /auth/refresh while something fails', () => {
  it('responds with 503 and rotates nothing when the database is down', async () => {
    const { refresh: token } = await registerForTokens();
    const broken = startService({ deps, env: watchDatabase(fail) });
    expect(await broken.refresh(token)).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });
    clock.pass(60);
    expect(await refresh(token)).toMatchObject({ status: 200 });
  });

  it('has rotated the token when the response of the database is lost, and a retry within the grace succeeds', async () => {
    const { refresh: token } = await registerForTokens();
    const database = watchDatabase(() => fail);
    const broken = startService({ deps, env: database });
    expect(await broken.refresh(token)).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });
    clock.pass(9.999);
    const { refresh: next } = await refreshForTokens(token);
    clock.pass(0.001);
    expect(await refresh(next)).toMatchObject({ status: 200 });
    expect(await refreshElsewhere(token)).toMatchObject(invalid);
  });

  it('rotates nothing when a signing key cannot be used', async () => {
    const { refresh: token } = await registerForTokens();
    const SIGNING_KEYS = JSON.stringify({ keys: [{ ...known.keys[0], x: 'A'.repeat(43) }] });
    const broken = startService({ deps, env: { SIGNING_KEYS } });
    expect(await broken.refresh(token)).toMatchObject({ status: 503, body: { code: 'misconfigured' } });
    clock.pass(60);
    expect(await refresh(token)).toMatchObject({ status: 200 });
  });

  it('refuses a user who is disabled at the first query and enabled at the second', async () => {
    const { refresh: token } = await registerForTokens();
    await sql('UPDATE users SET disabled_at = 1');
    const database = watchDatabase(beforeTrip(2, () => sql('UPDATE users SET disabled_at = NULL')));
    expect(await startService({ deps, env: database }).refresh(token)).toMatchObject(invalid);
    expect(await refresh(token)).toMatchObject({ status: 200 });
  });
});
