import { env } from 'cloudflare:workers';
import { expect, it } from 'vitest';
import { sqlValue } from '../support/database.ts';
import { bearer, startClock, startService } from '../support/service.ts';
import { fail, type KvOperation, watchDatabase, watchDenylist } from '../support/storage.ts';

const { call, register, logIn, logOut, status, verify } = startService();

const registered = async () => (await register()).body['auth_token'];
const revoked = {
  status: 401,
  body: { code: 'revoked_token', message: 'Token blacklisted. Please log in again.' },
};

it('ends the session of the token at once', async () => {
  const token = await registered();
  const answer = await logOut(token);
  expect(answer.status).toBe(200);
  expect(answer.body).toEqual({ status: 'success', message: 'Successfully logged out.' });
  expect(await status(token)).toMatchObject(revoked);
  expect(await logOut(token)).toMatchObject(revoked);
});

it('leaves the other sessions of the user', async () => {
  const token = await registered();
  const other = (await logIn()).body['auth_token'];
  await logOut(token);
  expect(await status(other)).toMatchObject({ status: 200 });
});

it('answers 403 without a token', async () => {
  const answer = await call('/auth/logout', { method: 'POST' });
  expect(answer.status).toBe(403);
  expect(answer.body).toMatchObject({ code: 'logout_without_token', message: 'Provide a valid auth token.' });
  expect(answer.headers.get('www-authenticate')).toBeNull();
});

it('answers 401 to a header or a token that is not one', async () => {
  const malformed = await call('/auth/logout', { method: 'POST', headers: { authorization: 'Bearer' } });
  expect(malformed).toMatchObject({ status: 401, body: { code: 'malformed_token' } });
  expect(await logOut('a.b.c')).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
});

it('answers 401 to an expired token', async () => {
  const token = await registered();
  const later = startService({ deps: { now: () => new Date(Date.now() + 901_000) } });
  expect(await later.logOut(token)).toMatchObject({ status: 401, body: { code: 'expired_token' } });
});

it('ends a session, however many ask at the same time, and asks those to come again whom KV did not take in', async () => {
  const token = await registered();
  const answers = await Promise.all([logOut(token), logOut(token), logOut(token), logOut(token)]);
  for (const { status } of answers) expect([200, 401, 503]).toContain(status);
  expect(answers.map(({ status }) => status)).toContain(200);
  expect(await status(token)).toMatchObject(revoked);
  expect(await startService().verify(token)).toMatchObject(revoked);
  expect(await logOut(token)).toMatchObject(revoked);
});

it('lists the session for as long as its last access token may live, however old the one presented is', async () => {
  const token = await registered();
  await startService({ deps: { now: () => new Date(Date.now() + 600_000) } }).logOut(token);
  const id = await sqlValue('SELECT id FROM sessions');
  const { keys } = await env.DENYLIST.list({ prefix: `sid:${String(id)}` });
  const lives = keys.map(({ expiration = 0 }) => expiration - Date.now() / 1000);
  expect(lives).toEqual([expect.closeTo(900, -1)]);
});

it('lists the session for a minute at the least, which is what KV takes', async () => {
  const operations: KvOperation[] = [];
  const DENYLIST = watchDenylist((operation) => void operations.push(operation));
  const { register, logOut } = startService({ env: { DENYLIST, ACCESS_TOKEN_TTL_SECONDS: '5' } });
  const token = (await register()).body['auth_token'];
  expect(await logOut(token)).toMatchObject({ status: 200 });
  expect(operations.filter(({ operation }) => operation === 'put')).toEqual([
    { operation: 'put', keys: [expect.stringMatching(/^sid:/)], expirationTtl: 60 },
  ]);
});

it('lists the session until the token presented has expired, also when lives have been shortened since', async () => {
  const token = await registered();
  const operations: KvOperation[] = [];
  const DENYLIST = watchDenylist((operation) => void operations.push(operation));
  await startService({ env: { DENYLIST, ACCESS_TOKEN_TTL_SECONDS: '60' } }).logOut(token);
  expect(operations.at(-1)?.expirationTtl).toBeGreaterThan(890);
});

it('does not say that it logged out when the database could not record it, and does when asked again', async () => {
  const token = await registered();
  const failUpdate = ([sql]: string[]) => (sql?.startsWith('update') ? fail() : undefined);
  const answer = await startService({ env: watchDatabase(failUpdate) }).logOut(token);
  expect(answer).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });
  expect(await status(token)).toMatchObject(revoked);
  expect(await logOut(token)).toMatchObject({ status: 200 });
  expect(await logOut(token)).toMatchObject(revoked);
  expect(await sqlValue('SELECT revoked_at FROM sessions')).toEqual(expect.any(Number));
});

it('does not say that it logged out when the denylist could not record it, and does when asked again', async () => {
  const token = await registered();
  const failPut = ({ operation }: KvOperation) => (operation === 'put' ? fail() : undefined);
  const answer = await startService({ env: { DENYLIST: watchDenylist(failPut) } }).logOut(token);
  expect(answer).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });
  expect(answer.headers.get('retry-after')).toBe('5');
  const id = await sqlValue('SELECT id FROM sessions');
  expect(await env.DENYLIST.get(`sid:${String(id)}`)).toBeNull();
  expect(await logOut(token)).toMatchObject(revoked);
  expect(await env.DENYLIST.get(`sid:${String(id)}`)).not.toBeNull();
});

it('waits for the denylist, also when the database fails at once', async () => {
  const token = await registered();
  const database = watchDatabase(([sql]) => (sql?.startsWith('update') ? fail() : undefined));
  const DENYLIST = watchDenylist(({ operation }) => (operation === 'put' ? scheduler.wait(50) : undefined));
  expect(await startService({ env: { ...database, DENYLIST } }).logOut(token)).toMatchObject({ status: 503 });
  expect(await verify(token)).toMatchObject(revoked);
});

it('says 503 as long as it could not be recorded, and not that the token is revoked', async () => {
  const token = await registered();
  const failPut = ({ operation }: KvOperation) => (operation === 'put' ? fail() : undefined);
  const { logOut } = startService({ env: { DENYLIST: watchDenylist(failPut) } });
  expect(await logOut(token)).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });
  expect(await logOut(token)).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });
});

it('succeeds for two at once, though KV takes one write of a key in a second', async () => {
  const token = await registered();
  const operations: string[] = [];
  const DENYLIST = watchDenylist(({ operation }) => void operations.push(operation));
  const { logOut } = startService({ timing: { writeIntervalMs: 1100 }, env: { DENYLIST } });
  const statuses = (await Promise.all([logOut(token), logOut(token)])).map(({ status }) => status);
  expect(statuses).toEqual([200, 200]);
  expect(operations.filter((operation) => operation === 'put')).toHaveLength(3);
});

it('keeps the time at which a session was revoked first', async () => {
  const token = await registered();
  const revokedAt = () => sqlValue('SELECT revoked_at FROM sessions');
  const clock = startClock();
  const elsewhere = startService({ deps: { now: clock.now } });
  expect(await elsewhere.verify(token)).toMatchObject({ status: 204 });
  await logOut(token);
  const first = await revokedAt();
  clock.pass(59);
  expect(await elsewhere.verify(token), 'the denylist does lag').toMatchObject({ status: 204 });
  expect(await elsewhere.logOut(token)).toMatchObject(revoked);
  expect(await revokedAt()).toBe(first);
});

it('ends the session when told so, and refuses a scope that it does not know', async () => {
  const token = await registered();
  for (const scope of ['', 'nonsense', 'ALL', 'session,all']) {
    const answer = await call(`/auth/logout?scope=${scope}`, { method: 'POST', headers: bearer(token) });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request', errors: [{ path: 'scope' }] } });
  }
  expect(await status(token)).toMatchObject({ status: 200 });
  const answer = await call('/auth/logout?scope=session', { method: 'POST', headers: bearer(token) });
  expect(answer).toMatchObject({ status: 200 });
});

it('is a POST without a body', async () => {
  const token = await registered();
  const answer = await call('/auth/logout', {
    method: 'POST',
    headers: { ...bearer(token), 'content-type': 'text/plain' },
  });
  expect(answer.status).toBe(200);
});
