import assert from 'node:assert/strict';
import type { Client, Tokens } from '../harness/http-client.ts';

/** A running example, and whether it sees a logout. */
export type Example = { url: string; seesLogouts: boolean };

/** Calls the examples as a user, and as somebody who is none. */
export async function drive(examples: Example[], service: Client): Promise<void> {
  const user = { email: `${crypto.randomUUID()}@example.org`, password: '123456' };
  const tokens = await service.register(user);
  const userId = (await service.get('/auth/verify', tokens.accessToken)).headers.get('x-user-id');
  for (const { url } of examples) {
    await refuseStrangers(url, tokens);
    assert.deepEqual(await read(url, `bearer ${tokens.accessToken}`), [200, { user_id: userId }, null]);
    await refuseWithoutRole(url, tokens);
  }
  assert.equal((await service.send('POST', '/auth/logout', tokens.accessToken)).status, 200);
  for (const { url, seesLogouts } of examples) {
    const [status, , challenge] = await read(url, `Bearer ${tokens.accessToken}`);
    assert.equal(status, seesLogouts ? 401 : 200);
    if (seesLogouts)
      assert.match(challenge ?? '', /error="invalid_token", error_description="The access token has been/);
  }
}

/** Without Latchkey, nobody gets in: 503. */
export async function expectUnavailable(url: string, { accessToken }: Tokens): Promise<void> {
  const [status, body] = await read(url, `Bearer ${accessToken}`);
  assert.deepEqual([status, body], [503, { error: 'temporarily_unavailable', error_description: NOBODY_CAN_TELL }]);
}

const NOBODY_CAN_TELL = 'The access token could not be checked. Try again.';

async function refuseStrangers(url: string, { accessToken, refreshToken }: Tokens): Promise<void> {
  const [status, , challenge] = await read(url);
  assert.deepEqual([status, challenge], [401, 'Bearer']);
  assert.equal((await read(url, 'Bearer a b'))[0], 400);
  const [header, payload] = accessToken.split('.');
  for (const token of ['a.b.c', refreshToken, `${accessToken.slice(0, -4)}AAAA`, `${header}.${payload}.`]) {
    const [status, , challenge] = await read(url, `Bearer ${token}`);
    assert.deepEqual([status, challenge?.startsWith('Bearer error="invalid_token", ')], [401, true]);
  }
}

/** A user without the role that a route needs gets 403, and somebody without a token still 401. */
async function refuseWithoutRole(url: string, { accessToken }: Tokens): Promise<void> {
  const [status, , challenge] = await read(url, `Bearer ${accessToken}`, '/drafts');
  assert.equal(status, 403);
  assert.match(challenge ?? '', /^Bearer error="insufficient_scope", /);
  assert.equal((await read(url, undefined, '/drafts'))[0], 401);
}

async function read(url: string, authorization?: string, path = '/me'): Promise<[number, unknown, string | null]> {
  const response = await fetch(url + path, authorization === undefined ? {} : { headers: { authorization } });
  return [response.status, await response.json(), response.headers.get('www-authenticate')];
}
