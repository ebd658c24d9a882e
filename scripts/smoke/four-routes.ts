import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { assertResponse, type Client, tokensOf } from '../harness/http-client.ts';

const SIMULTANEOUS = 100;

const joe = { email: 'joe@gmail.com', password: '123456' };

/** Registers, logs in, reads the status and logs out. */
export async function driveTheFourRoutes({ get, post, send }: Client): Promise<void> {
  assertResponse(await post('/auth/register', joe), 201, 'Successfully registered.');
  assertResponse(await post('/auth/register', joe), 202, 'User already exists. Please Log in.');
  assertResponse(await post('/auth/login', { ...joe, password: '654321' }), 404, 'User does not exist.');
  const loggedIn = await post('/auth/login', joe);
  assertResponse(loggedIn, 200, 'Successfully logged in.');
  const { accessToken } = tokensOf(loggedIn);
  const status = await get('/auth/status', accessToken);
  assert.equal(status.status, 200);
  const { data } = z.object({ data: z.record(z.string(), z.unknown()) }).parse(status.body);
  assert.deepEqual(Object.keys(data), [
    'user_id',
    'email',
    'email_verified',
    'admin',
    'roles',
    'claims',
    'locale',
    'registered_on',
  ]);
  assertResponse(await get('/auth/status'), 401, 'Provide a valid auth token.');
  assertResponse(await send('POST', '/auth/logout'), 403, 'Provide a valid auth token.');
  assertResponse(await send('POST', '/auth/logout', accessToken), 200, 'Successfully logged out.');
  assertResponse(await get('/auth/status', accessToken), 401, 'Token blacklisted. Please log in again.');
  assert.equal((await get('/ready')).status, 200);
  console.log('ok: register, login, status, logout');
}

/** Registers one address a hundred times at once. */
export async function registerAtOnce({ post }: Client): Promise<void> {
  const attempts = Array.from({ length: SIMULTANEOUS }, (_, i) =>
    post('/auth/register', { ...joe, email: i % 2 === 0 ? 'jane@gmail.com' : ' JANE@Gmail.com' }),
  );
  const statuses = (await Promise.all(attempts)).map(({ status }) => status).toSorted((a, b) => a - b);
  assert.deepEqual(statuses, [201, ...Array.from({ length: SIMULTANEOUS - 1 }, () => 202)]);
  console.log(`ok: ${SIMULTANEOUS} simultaneous registrations of one address make one account`);
}

/** Logs in a user of an earlier start, and waits until the access token has expired. */
export async function expireAToken({ get, logIn }: Client, ttlSeconds: number): Promise<void> {
  const { accessToken } = await logIn(joe);
  console.log('ok: a second start keeps users');
  await sleep((ttlSeconds + 1) * 1000);
  assertResponse(await get('/auth/status', accessToken), 401, 'Signature expired. Please log in again.');
  console.log('ok: a token expires after ACCESS_TOKEN_TTL_SECONDS');
}
