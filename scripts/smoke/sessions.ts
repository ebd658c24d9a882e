import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { assertResponse, type Client, tokensOf } from '../harness/http-client.ts';
import type { Started } from '../harness/process.ts';

const user = { email: 'sessions@example.org', password: '123456' };

/** Refreshes, lists sessions, and ends one, the others and all. One user logs in five times, a stranger once. */
export async function manageSessions(client: Client): Promise<void> {
  const { get, send, status } = client;
  const first = await client.register(user);
  const second = await client.logIn(user);
  const third = await refreshTwice(client, (await client.logIn(user)).refreshToken);
  const stranger = await client.register({ ...user, email: 'stranger@example.org' });

  assert.deepEqual(
    (await listSessions(client, second.accessToken)).map(({ current }) => current),
    [false, true, false],
    'three sessions, newest first',
  );
  const sessionOf = (token: string) => get('/auth/verify', token).then(({ headers }) => headers.get('x-session-id'));
  const remove = async (token: string) =>
    send('DELETE', `/auth/sessions/${await sessionOf(token)}`, second.accessToken);
  assertResponse(await remove(stranger.accessToken), 404, 'unknown_session');
  assert.equal(await status(stranger.accessToken), 200);
  assertResponse(await remove(first.accessToken), 200, 'Session revoked.');
  assertResponse(await get('/auth/status', first.accessToken), 401, 'revoked_token');
  assertResponse(await client.refresh(first.refreshToken), 401, 'invalid_refresh_token');

  assert.equal((await send('POST', '/auth/logout?scope=others', second.accessToken)).status, 200);
  assertResponse(await get('/auth/status', third.accessToken), 401, 'revoked_token');
  assert.equal((await listSessions(client, second.accessToken)).length, 1);

  const fourth = await client.logIn(user);
  assert.equal((await send('POST', '/auth/logout?scope=all', fourth.accessToken)).status, 200);
  for (const { accessToken } of [second, fourth]) {
    assertResponse(await get('/auth/status', accessToken), 401, 'revoked_token');
    assertResponse(await get('/auth/verify', accessToken), 401, 'revoked_token');
  }
  await admitFresh(client);
  console.log('ok: refresh, the list of sessions, and the end of one, of the others and of all');
}

/** After the grace, an old token is forgiven once. From another user agent, it revokes its session with all tokens. */
export async function reuseARefreshToken({ call, get, logIn, refresh }: Client, { output }: Started): Promise<void> {
  const old = await logIn(user);
  const newest = tokensOf(await refresh(old.refreshToken));
  await sleep(1500);
  const late = tokensOf(await refresh(old.refreshToken));
  assert.equal(late.refreshToken, newest.refreshToken);
  assert.ok(output().includes('"event":"refresh_token_late"'), 'the log has the late retry');
  await sleep(1500);
  const body = JSON.stringify({ refresh_token: old.refreshToken });
  const headers = { 'content-type': 'application/json', 'user-agent': 'a thief' };
  assertResponse(await call('/auth/refresh', { method: 'POST', headers, body }), 401, 'invalid_refresh_token');
  assertResponse(await refresh(newest.refreshToken), 401, 'invalid_refresh_token');
  assertResponse(await get('/auth/status', late.accessToken), 401, 'revoked_token');
  assert.ok(output().includes('"event":"refresh_token_reuse"'), 'the log has the reuse');
  console.log(
    'ok: after REFRESH_GRACE_SECONDS, a lost response is forgiven, and a refresh token used elsewhere revokes its session',
  );
}

/** Refreshes twice with the same refresh token, as if the first response was lost. */
async function refreshTwice({ refresh }: Client, refreshToken: string) {
  const response = await refresh(refreshToken);
  assertResponse(response, 200, 'Token refreshed.');
  const refreshed = tokensOf(response);
  assert.notEqual(refreshed.refreshToken, refreshToken);
  assert.equal(tokensOf(await refresh(refreshToken)).refreshToken, refreshed.refreshToken);
  return refreshed;
}

async function listSessions({ get }: Client, accessToken: string) {
  const { body } = await get('/auth/sessions', accessToken);
  return z.object({ data: z.array(z.object({ id: z.string(), current: z.boolean() })) }).parse(body).data;
}

/** A login right after the end of all sessions is not ended with them. */
async function admitFresh(client: Client): Promise<void> {
  const { accessToken } = await client.logIn(user);
  assert.equal(await client.status(accessToken), 200);
  const [current] = await listSessions(client, accessToken);
  const { status, headers } = await client.get('/auth/verify', accessToken);
  assert.equal(status, 204);
  assert.equal(headers.get('x-session-id'), current?.id);
  assert.match(headers.get('x-user-id') ?? '', /^[0-9a-f-]{36}$/);
}
