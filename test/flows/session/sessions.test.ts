import { decodeJwt } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod/v4';
import { sql, sqlValue } from '../../support/database.ts';
import { bearer, joe, startClock, startService, tokensOf } from '../../support/service.ts';
import { fail, type KvOperation, watchDenylist } from '../../support/storage.ts';

const clock = startClock();
const deps = { now: clock.now };
beforeEach(clock.round);

const { call, post, register, logIn, logOut, refresh, status, verify, listSessions } = startService({ deps });

const jane = { ...joe, email: 'jane@gmail.com' };
const sidOf = (token: string) => String(decodeJwt(token)['sid']);
const listed = z.array(z.record(z.string(), z.unknown()));
const list = async (token: string) => listed.parse((await listSessions(token)).body['data']);
const idsOf = async (token: string) => (await list(token)).map(({ id }) => id);
const remove = (token: string, id: string) =>
  call(`/auth/sessions/${id}`, { method: 'DELETE', headers: bearer(token) });

describe('GET /auth/sessions', () => {
  it('lists when and from where each session is used, when it ends, and which one asks', async () => {
    const startedAt = clock.now();
    const first = tokensOf(await register());
    clock.pass(60);
    const { access } = tokensOf(await logIn());
    clock.pass(60);
    const usedAt = clock.now();
    await refresh(first.refresh);
    const response = await listSessions(access);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const unknown = { address_prefix: null, country: null, user_agent: null };
    const expiresAfter = (from: Date) => new Date(from.getTime() + 2_592_000_000).toISOString();
    const loggedInAt = new Date(startedAt.getTime() + 60_000);
    expect(response.body).toEqual({
      status: 'success',
      data: [
        {
          id: sidOf(access),
          started_on: loggedInAt.toISOString(),
          last_used_on: loggedInAt.toISOString(),
          expires_on: expiresAfter(loggedInAt),
          current: true,
          ...unknown,
        },
        {
          id: sidOf(first.access),
          started_on: startedAt.toISOString(),
          last_used_on: usedAt.toISOString(),
          expires_on: expiresAfter(usedAt),
          current: false,
          ...unknown,
        },
      ],
    });
  });

  it('lists only live sessions of the user, newest first', async () => {
    await register(jane);
    const first = tokensOf(await register());
    clock.pass(2_592_000 - 60);
    const second = tokensOf(await logIn());
    clock.pass(30);
    const third = tokensOf(await logIn());
    await logOut(second.access);
    expect(await idsOf(third.access)).toEqual([sidOf(third.access), sidOf(first.access)]);
    clock.pass(30);
    expect(await idsOf(third.access)).toEqual([sidOf(third.access)]);
  });

  it('does not list a session past its absolute end, even if the configuration shortened it later', async () => {
    const old = tokensOf(await register());
    clock.pass(3600);
    const { access } = tokensOf(await logIn());
    expect(await idsOf(access)).toEqual([sidOf(access), sidOf(old.access)]);
    const lives = { REFRESH_IDLE_TTL_SECONDS: '3600', REFRESH_ABSOLUTE_TTL_SECONDS: '3600' };
    const { body } = await startService({ deps, env: lives }).listSessions(access);
    expect(body['data']).toMatchObject([{ id: sidOf(access) }]);
  });

  it('lists at most a hundred sessions', async () => {
    const { access } = tokensOf(await register());
    await sql(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120) INSERT INTO sessions (id, user_id, generation, started_at, expires_at) SELECT printf('00000000-0000-7000-8000-%012d', i), (SELECT id FROM users), 0, ?, 9999999999999 FROM n",
      clock.now().getTime(),
    );
    expect(await idsOf(access)).toHaveLength(100);
  });
});

describe('the device of a session', () => {
  const from = (headers: Record<string, string>) => post('/auth/login', joe, headers);
  const seen = async (headers: Record<string, string>) => {
    clock.pass(1);
    const { access } = tokensOf(await from(headers));
    const [newest] = await list(access);
    return newest;
  };
  beforeEach(() => register());

  it.each([
    ['203.0.113.77', '203.0.113.0/24'],
    ['2001:db8:1234:5678:9abc:def0:1234:5678', '2001:db8:1234::/48'],
    ['2001:db8::1', '2001:db8:0::/48'],
    ['::1', '0:0:0::/48'],
    ['not an address', null],
    ['1:2:3', null],
    ['', null],
  ])('shows the address %s as %s', async (address, prefix) => {
    expect(await seen({ 'cf-connecting-ip': address })).toMatchObject({ address_prefix: prefix });
  });

  it('is not taken from headers that a caller can set', async () => {
    const forged = { 'x-forwarded-for': '203.0.113.77', 'x-real-ip': '203.0.113.77', 'cf-ipcountry': 'AQ' };
    expect(await seen(forged)).toMatchObject({ address_prefix: null, country: null });
  });

  it('has the country that Cloudflare reports', async () => {
    clock.pass(1);
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(joe) };
    const { access } = tokensOf(await call('/auth/login', { ...init, cf: { country: 'AT' } }));
    expect(await list(access)).toMatchObject([{ country: 'AT' }, {}]);
  });

  it('has the first 256 characters of the user agent', async () => {
    expect(await seen({ 'user-agent': 'curl/8.14.1' })).toMatchObject({ user_agent: 'curl/8.14.1' });
    expect(await seen({ 'user-agent': 'x'.repeat(5000) })).toMatchObject({ user_agent: 'x'.repeat(256) });
  });

  it('is that of its last refresh', async () => {
    clock.pass(1);
    const { access, refresh: token } = tokensOf(await from({ 'user-agent': 'one', 'cf-connecting-ip': '192.0.2.1' }));
    await post('/auth/refresh', { refresh_token: token }, { 'user-agent': 'two', 'cf-connecting-ip': '198.51.100.1' });
    const { body } = await listSessions(access);
    expect(body['data']).toMatchObject([{ user_agent: 'two', address_prefix: '198.51.100.0/24' }, {}]);
  });

  it('is not stored with a whole address', async () => {
    await from({ 'cf-connecting-ip': '203.0.113.77' });
    const results = await sql('SELECT * FROM sessions');
    expect(JSON.stringify(results)).not.toContain('203.0.113.77');
  });
});

describe('DELETE /auth/sessions/{id}', () => {
  it('revokes that session and keeps the asking one', async () => {
    const first = tokensOf(await register());
    const second = tokensOf(await logIn());
    const response = await remove(second.access, sidOf(first.access));
    expect(response).toMatchObject({ status: 200, body: { status: 'success', message: 'Session revoked.' } });
    expect(await status(first.access)).toMatchObject({ status: 401, body: { code: 'revoked_token' } });
    expect(await verify(first.access)).toMatchObject({ status: 401, body: { code: 'revoked_token' } });
    expect(await refresh(first.refresh)).toMatchObject({ status: 401 });
    expect(await status(second.access)).toMatchObject({ status: 200 });
    expect(await idsOf(second.access)).toEqual([sidOf(second.access)]);
  });

  it('revokes the asking session', async () => {
    const { access } = tokensOf(await register());
    expect(await remove(access, sidOf(access))).toMatchObject({ status: 200 });
    expect(await status(access)).toMatchObject({ status: 401, body: { code: 'revoked_token' } });
  });

  it('succeeds again for a client that did not get the response', async () => {
    const first = tokensOf(await register());
    const second = tokensOf(await logIn());
    const revokedAt = () => sqlValue('SELECT max(revoked_at) FROM sessions');
    await remove(second.access, sidOf(first.access));
    const before = await revokedAt();
    clock.pass(10);
    expect(await remove(second.access, sidOf(first.access))).toMatchObject({ status: 200 });
    expect(await revokedAt()).toEqual(before);
  });

  it('denylists the session as long as its last access token may live', async () => {
    const first = tokensOf(await register());
    const second = tokensOf(await logIn());
    const operations: KvOperation[] = [];
    const DENYLIST = watchDenylist((operation) => void operations.push(operation));
    const { call } = startService({ deps, env: { DENYLIST } });
    await call(`/auth/sessions/${sidOf(first.access)}`, { method: 'DELETE', headers: bearer(second.access) });
    const put = { operation: 'put', keys: [`sid:${sidOf(first.access)}`], expirationTtl: 960 };
    expect(operations.at(-1)).toEqual(put);
  });

  it('completes the revocation of the asking session when the denylist failed at first', async () => {
    const { access } = tokensOf(await register());
    const failPut = ({ operation }: KvOperation) => (operation === 'put' ? fail() : undefined);
    const { call } = startService({ deps, env: { DENYLIST: watchDenylist(failPut) } });
    const response = await call(`/auth/sessions/${sidOf(access)}`, { method: 'DELETE', headers: bearer(access) });
    expect(response).toMatchObject({ status: 503 });
    expect(await verify(access)).toMatchObject({ status: 204 });
    expect(await remove(access, sidOf(access))).toMatchObject({ status: 401, body: { code: 'revoked_token' } });
    clock.pass(60);
    expect(await verify(access)).toMatchObject({ status: 401, body: { code: 'revoked_token' } });
  });

  it('refuses a session of another user and an unknown session with the same 404', async () => {
    const stranger = tokensOf(await register(jane));
    const { access } = tokensOf(await register());
    const unknown = { status: 404, body: { code: 'unknown_session', message: 'There is no such session.' } };
    expect(await remove(access, sidOf(stranger.access))).toMatchObject(unknown);
    for (const id of ['a', '%00', "'", '..%2f', 'x'.repeat(3000), '01890a5d-ac96-774b-bcce-b302099a8057']) {
      expect(await remove(access, id)).toMatchObject(unknown);
    }
    expect(await status(stranger.access)).toMatchObject({ status: 200 });
    expect(await verify(stranger.access)).toMatchObject({ status: 204 });
  });

  it('responds with 503 when the denylist fails, and succeeds when it is repeated', async () => {
    const first = tokensOf(await register());
    const second = tokensOf(await logIn());
    const failPut = ({ operation }: KvOperation) => (operation === 'put' ? fail() : undefined);
    const { call } = startService({ deps, env: { DENYLIST: watchDenylist(failPut) } });
    const headers = bearer(second.access);
    const response = await call(`/auth/sessions/${sidOf(first.access)}`, { method: 'DELETE', headers });
    expect(response).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });
    expect(await verify(first.access)).toMatchObject({ status: 204 });
    expect(await remove(second.access, sidOf(first.access))).toMatchObject({ status: 200 });
    clock.pass(60);
    expect(await verify(first.access)).toMatchObject({ status: 401, body: { code: 'revoked_token' } });
  });
});
