import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { sqlValue } from '../../support/database.ts';
import { bearer, startClock, startService, tokensOf } from '../../support/service.ts';
import { fail, type KvOperation, watchDatabase, watchDenylist } from '../../support/storage.ts';

const { call, post, register, logIn, logOut, refresh, status, verify } = startService();

const registerForToken = async () => (await register()).body['auth_token'];
const revoked = {
  status: 401,
  body: { code: 'revoked_token', message: 'Token blacklisted. Please log in again.' },
};

describe('POST /auth/logout', () => {
  it('revokes the session of the access token at once', async () => {
    const token = await registerForToken();
    const response = await logOut(token);
    expect(response.status).toBe(200);
    expect(response.body).toEqual({ status: 'success', message: 'Successfully logged out.' });
    expect(await status(token)).toMatchObject(revoked);
    expect(await logOut(token)).toMatchObject(revoked);
  });

  it('keeps the other sessions of the user', async () => {
    const token = await registerForToken();
    const other = (await logIn()).body['auth_token'];
    await logOut(token);
    expect(await status(other)).toMatchObject({ status: 200 });
  });

  it('responds with 403 when there is no token', async () => {
    const response = await call('/auth/logout', { method: 'POST' });
    expect(response.status).toBe(403);
    expect(response.body).toMatchObject({ code: 'logout_without_token', message: 'Provide a valid auth token.' });
    expect(response.headers.get('www-authenticate')).toBeNull();
  });

  it('responds with 401 to a malformed header and to an invalid token', async () => {
    const malformed = await call('/auth/logout', { method: 'POST', headers: { authorization: 'Bearer' } });
    expect(malformed).toMatchObject({ status: 401, body: { code: 'malformed_token' } });
    expect(await logOut('a.b.c')).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
  });

  it('responds with 401 to an expired token', async () => {
    const token = await registerForToken();
    const later = startService({ deps: { now: () => new Date(Date.now() + 901_000) } });
    expect(await later.logOut(token)).toMatchObject({ status: 401, body: { code: 'expired_token' } });
  });

  it('revokes the session when several requests arrive at once, and responds with 503 where KV refused the write', async () => {
    const token = await registerForToken();
    const responses = await Promise.all([logOut(token), logOut(token), logOut(token), logOut(token)]);
    for (const { status } of responses) expect([200, 401, 503]).toContain(status);
    expect(responses.map(({ status }) => status)).toContain(200);
    expect(await status(token)).toMatchObject(revoked);
    expect(await startService().verify(token)).toMatchObject(revoked);
    expect(await logOut(token)).toMatchObject(revoked);
  });

  it('denylists the session for a minute longer than an access token lives, however short that is', async () => {
    const operations: KvOperation[] = [];
    const DENYLIST = watchDenylist((operation) => void operations.push(operation));
    const { register, logOut } = startService({ env: { DENYLIST, ACCESS_TOKEN_TTL_SECONDS: '5' } });
    const token = (await register()).body['auth_token'];
    expect(await logOut(token)).toMatchObject({ status: 200 });
    expect(operations.filter(({ operation }) => operation === 'put')).toEqual([
      { operation: 'put', keys: [expect.stringMatching(/^sid:/)], expirationTtl: 65 },
    ]);
  });

  it('denylists the session long enough after ACCESS_TOKEN_TTL_SECONDS was shortened, because older tokens expire earlier too', async () => {
    const clock = startClock();
    clock.round();
    const before = startService({ deps: { now: clock.now } });
    const after = startService({ deps: { now: clock.now }, env: { ACCESS_TOKEN_TTL_SECONDS: '60' } });
    const token = (await before.register()).body['auth_token'];
    clock.pass(59.999);
    expect(await after.verify(token)).toMatchObject({ status: 204 });
    clock.pass(0.001);
    expect(await after.verify(token)).toMatchObject({ status: 401, body: { code: 'expired_token' } });
    expect(await after.status(token)).toMatchObject({ status: 401, body: { code: 'expired_token' } });
  });

  it('responds with 503 when the database fails, and succeeds when it is repeated', async () => {
    const token = await registerForToken();
    const failUpdate = ([sql]: string[]) => (sql?.startsWith('update') ? fail() : undefined);
    const response = await startService({ env: watchDatabase(failUpdate) }).logOut(token);
    expect(response).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });
    expect(await status(token)).toMatchObject(revoked);
    expect(await logOut(token)).toMatchObject({ status: 200 });
    expect(await logOut(token)).toMatchObject(revoked);
    expect(await sqlValue('SELECT revoked_at FROM sessions')).toEqual(expect.any(Number));
  });

  it('responds with 503 when the denylist fails, and completes the logout when it is repeated', async () => {
    const token = await registerForToken();
    const failPut = ({ operation }: KvOperation) => (operation === 'put' ? fail() : undefined);
    const response = await startService({ env: { DENYLIST: watchDenylist(failPut) } }).logOut(token);
    expect(response).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });
    expect(response.headers.get('retry-after')).toBe('5');
    const id = await sqlValue('SELECT id FROM sessions');
    expect(await env.DENYLIST.get(`sid:${String(id)}`)).toBeNull();
    expect(await logOut(token)).toMatchObject(revoked);
    expect(await env.DENYLIST.get(`sid:${String(id)}`)).not.toBeNull();
  });

  it('waits for the denylist even when the database fails first', async () => {
    const token = await registerForToken();
    const database = watchDatabase(([sql]) => (sql?.startsWith('update') ? fail() : undefined));
    const DENYLIST = watchDenylist(({ operation }) => (operation === 'put' ? scheduler.wait(50) : undefined));
    expect(await startService({ env: { ...database, DENYLIST } }).logOut(token)).toMatchObject({ status: 503 });
    expect(await verify(token)).toMatchObject(revoked);
  });

  it('responds with 503, not with revoked_token, as long as the denylist fails', async () => {
    const token = await registerForToken();
    const failPut = ({ operation }: KvOperation) => (operation === 'put' ? fail() : undefined);
    const { logOut } = startService({ env: { DENYLIST: watchDenylist(failPut) } });
    expect(await logOut(token)).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });
    expect(await logOut(token)).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });
  });

  it('succeeds for two requests at once, although KV takes one write of a key in a second', async () => {
    const token = await registerForToken();
    const operations: string[] = [];
    const { promise: bothWrite, resolve } = Promise.withResolvers<void>();
    const DENYLIST = watchDenylist(async ({ operation }) => {
      if (operation !== 'put') return;
      if (operations.push(operation) === 2) resolve();
      await bothWrite;
    });
    const { logOut } = startService({ env: { DENYLIST } });
    const statuses = (await Promise.all([logOut(token), logOut(token)])).map(({ status }) => status);
    expect(statuses).toEqual([200, 200]);
    expect(operations).toHaveLength(3);
  });

  it('keeps the time of the first revocation when it is repeated', async () => {
    const token = await registerForToken();
    const revokedAt = () => sqlValue('SELECT revoked_at FROM sessions');
    const clock = startClock();
    const elsewhere = startService({ deps: { now: clock.now } });
    expect(await elsewhere.verify(token)).toMatchObject({ status: 204 });
    await logOut(token);
    const first = await revokedAt();
    clock.pass(59);
    expect(await elsewhere.verify(token), 'the denylist lags').toMatchObject({ status: 204 });
    expect(await elsewhere.logOut(token)).toMatchObject(revoked);
    expect(await revokedAt()).toBe(first);
  });

  it('accepts the scope session, and refuses an unknown scope', async () => {
    const token = await registerForToken();
    for (const scope of ['', 'nonsense', 'ALL', 'session,all']) {
      const response = await call(`/auth/logout?scope=${scope}`, { method: 'POST', headers: bearer(token) });
      expect(response).toMatchObject({ status: 400, body: { code: 'invalid_request', errors: [{ path: 'scope' }] } });
    }
    expect(await status(token)).toMatchObject({ status: 200 });
    const response = await call('/auth/logout?scope=session', { method: 'POST', headers: bearer(token) });
    expect(response).toMatchObject({ status: 200 });
    const repeated = await call('/auth/logout?scope=nonsense', { method: 'POST', headers: bearer(token) });
    expect(repeated, 'a revoked session').toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });

  it.each(['text/plain', 'application/json', 'application/x-www-form-urlencoded', 'nonsense'])(
    'ignores the content type %s when there is no body',
    async (type) => {
      const headers = { ...bearer(await registerForToken()), 'content-type': type };
      expect(await call('/auth/logout', { method: 'POST', headers })).toMatchObject({ status: 200 });
      const empty = { ...bearer((await logIn()).body['auth_token']), 'content-type': type };
      expect(await call('/auth/logout', { method: 'POST', headers: empty, body: '' })).toMatchObject({ status: 200 });
    },
  );

  it('treats an empty object as no body', async () => {
    const token = await registerForToken();
    expect(await post('/auth/logout', {}, bearer(token))).toMatchObject({ status: 200 });
    expect(await status(token)).toMatchObject(revoked);
  });
});

describe('POST /auth/logout with a refresh token', () => {
  const success = { status: 200, body: { status: 'success', message: 'Successfully logged out.' } };
  const logOutWith = (refreshToken: unknown, headers = {}) =>
    post('/auth/logout', { refresh_token: refreshToken }, headers);

  it('revokes only its session, even when the access token has expired', async () => {
    const clock = startClock();
    const deps = { now: clock.now };
    const tokens = tokensOf(await register());
    const other = tokensOf(await logIn());
    clock.pass(901);
    const later = startService({ deps });
    const expired = await later.post('/auth/logout', { refresh_token: tokens.refresh }, bearer(tokens.access));
    expect(expired).toMatchObject(success);
    expect(await later.refresh(tokens.refresh)).toMatchObject({ status: 401 });
    expect(await later.refresh(other.refresh)).toMatchObject({ status: 200 });
  });

  it.each([
    ['no header', {}],
    ['a malformed header', { authorization: 'Bearer' }],
    ['another scheme', { authorization: 'Basic YTpi' }],
    ['a token that is not ours', { authorization: 'Bearer a.b.c' }],
  ])('revokes its session with %s', async (_, headers) => {
    const tokens = tokensOf(await register());
    expect(await logOutWith(tokens.refresh, headers)).toMatchObject(success);
    expect(await status(tokens.access)).toMatchObject(revoked);
    expect(await verify(tokens.access)).toMatchObject(revoked);
    expect(await refresh(tokens.refresh)).toMatchObject({ status: 401 });
  });

  it('revokes its session, not that of the access token in the header', async () => {
    const tokens = tokensOf(await register());
    const other = tokensOf(await logIn());
    expect(await logOutWith(tokens.refresh, bearer(other.access))).toMatchObject(success);
    expect(await status(tokens.access)).toMatchObject(revoked);
    expect(await status(other.access)).toMatchObject({ status: 200 });
  });

  it('accepts a refresh token of an earlier generation', async () => {
    const first = tokensOf(await register());
    const second = tokensOf(await refresh(first.refresh));
    expect(await logOutWith(first.refresh)).toMatchObject(success);
    expect(await refresh(second.refresh)).toMatchObject({ status: 401 });
  });

  it('succeeds when the session is over, and does nothing for a token that is not ours', async () => {
    const tokens = tokensOf(await register());
    await logOutWith(tokens.refresh);
    const revokedAt = await sqlValue('SELECT revoked_at FROM sessions');
    expect(await logOutWith(tokens.refresh)).toMatchObject(success);
    expect(await sqlValue('SELECT revoked_at FROM sessions')).toBe(revokedAt);
    const untouched = startService({ env: { ...watchDatabase(fail), DENYLIST: watchDenylist(fail) } });
    const mac = tokens.refresh.slice(-43);
    for (const other of ['', 'a', tokens.access, tokens.refresh.replace(mac, 'A'.repeat(43)), 'x'.repeat(5000)]) {
      expect(await untouched.post('/auth/logout', { refresh_token: other })).toMatchObject(success);
    }
  });

  it.each([
    ['{', 'malformed_json', 400],
    [new Uint8Array([0x22, 0xff, 0x22]), 'malformed_json', 400],
    ['[]', 'invalid_request', 400],
    ['null', 'invalid_request', 400],
    ['{"refresh_token":7}', 'invalid_request', 400],
    ['{"refresh_token":null}', 'invalid_request', 400],
  ])('refuses the body %s and revokes nothing', async (body, code, status_) => {
    const tokens = tokensOf(await register());
    const headers = { ...bearer(tokens.access), 'content-type': 'application/json' };
    expect(await call('/auth/logout', { method: 'POST', headers, body })).toMatchObject({
      status: status_,
      body: { code },
    });
    expect(await status(tokens.access)).toMatchObject({ status: 200 });
  });

  it('refuses a form and revokes nothing', async () => {
    const { access, refresh: refresh_token } = tokensOf(await register());
    const body = new URLSearchParams({ refresh_token });
    const response = await call('/auth/logout', { method: 'POST', headers: bearer(access), body });
    expect(response).toMatchObject({ status: 415, body: { code: 'unsupported_media_type' } });
    expect(await status(access)).toMatchObject({ status: 200 });
  });

  it.each(['others', 'all'])('refuses the scope %s, which takes an access token', async (scope) => {
    const tokens = tokensOf(await register());
    const response = await post(
      `/auth/logout?scope=${scope}`,
      { refresh_token: tokens.refresh },
      bearer(tokens.access),
    );
    expect(response).toMatchObject({ status: 400, body: { code: 'invalid_request', errors: [{ path: 'scope' }] } });
    expect(await status(tokens.access)).toMatchObject({ status: 200 });
  });

  it.each([
    ['database', () => watchDatabase(fail)],
    ['denylist', () => ({ DENYLIST: watchDenylist(fail) })],
  ])('responds with 503 when the %s fails, and succeeds when it is repeated', async (_, broken) => {
    const tokens = tokensOf(await register());
    const response = await startService({ env: broken() }).post('/auth/logout', { refresh_token: tokens.refresh });
    expect(response).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });
    expect(await logOutWith(tokens.refresh)).toMatchObject(success);
    expect(await status(tokens.access)).toMatchObject(revoked);
    expect(await verify(tokens.access)).toMatchObject(revoked);
  });
});
