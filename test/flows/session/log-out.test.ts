import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { sql, sqlValue } from '../../support/database.ts';
import { bearer, startClock, startService, tokensOf } from '../../support/service.ts';
import { fail, type KvOperation, watchDatabase, watchDenylist } from '../../support/storage.ts';

const service = startService();
const { call, post, register, logIn, logOut, status, verify } = service;

const registerForToken = async () => (await register()).body['auth_token'];
const revoked = {
  status: 401,
  body: { code: 'revoked_token', message: 'Token blacklisted. Please log in again.' },
};

/** Whether these are the statements of a logout. The event comes before the update. */
const isLogOut = (statements: string[]) => statements.some((sql) => sql.startsWith('update'));

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
    const failUpdate = (sql: string[]) => (isLogOut(sql) ? fail() : undefined);
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
    const database = watchDatabase((sql) => (isLogOut(sql) ? fail() : undefined));
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

  it('succeeds for two requests in one millisecond, although KV takes one write of a key in a second', async () => {
    const token = await registerForToken();
    const operations: string[] = [];
    const { promise: bothWrite, resolve } = Promise.withResolvers<void>();
    const DENYLIST = watchDenylist(async ({ operation }) => {
      if (operation !== 'put') return;
      if (operations.push(operation) === 2) resolve();
      await bothWrite;
    });
    const at = new Date();
    const { logOut } = startService({ env: { DENYLIST }, deps: { now: () => at } });
    const statuses = (await Promise.all([logOut(token), logOut(token)])).map(({ status }) => status);
    expect(statuses).toEqual([200, 200]);
    expect(operations).toHaveLength(3);
  });

  it('succeeds for the first of two requests, and tells the second that the session is revoked', async () => {
    const token = await registerForToken();
    const clock = startClock();
    const { logOut } = startService({ deps: { now: clock.now } });
    expect(await logOut(token)).toMatchObject({ status: 200 });
    clock.pass(0.001);
    expect(await logOut(token)).toMatchObject(revoked);
  });

  it('reads the denylist to find a logout complete, when KV refuses the second write of an entry', async () => {
    const token = await registerForToken();
    expect(await logOut(token)).toMatchObject({ status: 200 });
    const failPut = ({ operation }: KvOperation) => (operation === 'put' ? fail() : undefined);
    const again = startService({ env: { DENYLIST: watchDenylist(failPut) } });
    expect(await again.logOut(token)).toMatchObject(revoked);
  });

  it('ends the session of a disabled user in database and denylist, although it is refused', async () => {
    const { access, refresh } = tokensOf(await register());
    await sql('UPDATE users SET disabled_at = 1');
    expect(await logOut(access)).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
    await sql('UPDATE users SET disabled_at = NULL');
    expect(await status(access)).toMatchObject(revoked);
    expect(await service.refresh(refresh)).toMatchObject({ status: 401, body: { code: 'invalid_refresh_token' } });
  });

  it('completes a logout that only the denylist has, even when the session has ended meanwhile', async () => {
    const token = await registerForToken();
    const failUpdate = (sql: string[]) => (isLogOut(sql) ? fail() : undefined);
    await startService({ env: watchDatabase(failUpdate) }).logOut(token);
    await sql('UPDATE sessions SET expires_at = 1');
    expect(await logOut(token)).toMatchObject({ status: 401, body: { code: 'expired_token' } });
    expect(await sqlValue('SELECT revoked_at FROM sessions')).toEqual(expect.any(Number));
    expect(await logOut(token)).toMatchObject(revoked);
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
