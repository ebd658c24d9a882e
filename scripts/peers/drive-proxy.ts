import assert from 'node:assert/strict';
import { z } from 'zod';
import type { Server } from './servers.ts';
import { MOST_ROLES, type Operated, registerWithRoles } from './users.ts';

const SPOOFED = [
  'X-User-Id X-User_Id X_User-Id X_User_Id X-Session-Id X_Session_Id x_session-id X-Roles X_Roles X-Kind X_Kind',
  'X-Client-Id X-Client_Id X_Client-Id x_client_id X-Key-Id X-Key_Id X_Key-Id X_Key_Id X-Scopes x_scopes',
].flatMap((names) => names.split(' '));

const SOMEBODY = 'somebody-else';

/** What a client sends to be taken for somebody else. */
export const spoofs = Object.fromEntries(SPOOFED.map((name) => [name, SOMEBODY]));

const request = z.object({
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.unknown()),
  body: z.string(),
});

/**
 * Checks that the proxy at `url` lets in users of Latchkey and nobody else. Unless it `hears` of a logout, it still
 * lets in who logged out.
 */
export async function letUsersIn(
  url: string,
  latchkey: Operated,
  { app, hears }: { app: Server; hears: boolean },
): Promise<void> {
  for (const roles of [['editor', 'viewer'], MOST_ROLES]) {
    await assertNamed(url, latchkey, { accessToken: await registerWithRoles(latchkey, roles), roles });
  }
  const accessToken = await registerWithRoles(latchkey, []);
  await assertNamed(url, latchkey, { accessToken, roles: [] });
  const authorization = `Bearer ${accessToken}`;
  await sendBodies(url, authorization);

  const before = app.seen.length;
  for (const [header, challenge] of [
    [undefined, /^Bearer/],
    ['Bearer a.b.c', /^Bearer.*error="invalid_token"/],
    ['Basic am9lOmpvZQ==', /^Bearer/],
  ] as const) {
    const headers = { ...spoofs, ...(header === undefined ? {} : { authorization: header }) };
    await assertChallenged(url, { headers }, challenge);
  }
  // A preflight has no token.
  assert.equal((await fetch(url, { method: 'OPTIONS', headers: { origin: 'https://example.org' } })).status, 401);
  assert.equal((await latchkey.client.send('POST', '/auth/logout', accessToken)).status, 200);
  if (hears) await assertChallenged(url, { headers: { authorization } }, /^Bearer.*error="invalid_token"/);
  assert.equal(app.seen.length, before, 'a refused request does not reach the app');
  if (!hears) await read(url, { headers: { authorization } });
}

/** Checks that the proxy passes on the refusals of a stand-in for Latchkey, and lets nobody in. */
export async function passRefusalsOn(url: string, { standIn, app }: { standIn: Server; app: Server }): Promise<void> {
  await sendBodies(url, 'Bearer 204');
  for (const { method, url: path, headers, body } of standIn.seen) {
    const length = headers['content-length'] ?? '0';
    const coding = headers['transfer-encoding'] ?? 'none';
    assert.deepEqual([method, path, length, coding, body], ['GET', '/auth/verify', '0', 'none', '']);
    assert.deepEqual([headers.host?.split(':')[1], headers.cookie], [new URL(standIn.url).port, undefined]);
  }
  const nameless = await read(url, { headers: { authorization: 'Bearer 204', ...spoofs } });
  assert.ok(
    !Object.values(nameless.headers).includes(SOMEBODY),
    'a user id from outside never reaches the app, even if Latchkey sends none',
  );
  assert.equal(nameless.headers['x-roles'] ?? '', '', 'if Latchkey sends no roles, the app sees none');

  const before = app.seen.length;
  for (const [status, seconds] of [
    [429, '61'],
    [503, '7'],
  ] as const) {
    const response = await fetch(url, {
      method: 'POST',
      body: 'a body',
      headers: { authorization: `Bearer ${status}` },
    });
    assert.deepEqual([response.status, response.headers.get('retry-after')], [status, seconds]);
  }
  assert.ok((await fetch(url, { headers: { authorization: 'Bearer 500' } })).status >= 500);
  assert.equal(app.seen.length, before, 'a refused request does not reach the app');
}

/** Checks that the app sees who the bearer is and which roles it has, whatever the client says. */
async function assertNamed(
  url: string,
  { client }: Operated,
  { accessToken, roles }: { accessToken: string; roles: string[] },
): Promise<void> {
  const { headers } = await client.get('/auth/verify', accessToken);
  const passed = await read(url, { headers: { authorization: `Bearer ${accessToken}`, ...spoofs } });
  // Some proxies leave out a header that is empty.
  assert.deepEqual(
    { 'x-key-id': '', 'x-roles': '', ...namesIn(passed.headers) },
    {
      'x-kind': 'user',
      'x-roles': roles.join(','),
      'x-user-id': headers.get('x-user-id'),
      'x-session-id': headers.get('x-session-id'),
      'x-client-id': 'first-party',
      'x-key-id': '',
      'x-scopes': 'api',
    },
  );
}

/** Checks that a body reaches the app, with and without Content-Length. */
async function sendBodies(url: string, authorization: string): Promise<void> {
  const text = 'a body '.repeat(10_000);
  for (const body of [text, new Blob([text]).stream()]) {
    const sent = { method: 'POST', body, duplex: 'half', headers: { authorization, cookie: 'a=b' } } as const;
    const { method, url: path, body: arrived } = await read(`${url}/orders?page=1`, sent);
    assert.deepEqual([method, path, arrived === text], ['POST', '/orders?page=1', true]);
  }
}

/** What the app has got, when the proxy lets the request in. */
export async function read(url: string, init: RequestInit): Promise<z.infer<typeof request>> {
  const response = await fetch(url, init);
  const text = await response.text();
  assert.equal(response.status, 200, text);
  return request.parse(JSON.parse(text));
}

async function assertChallenged(url: string, init: RequestInit, challenge: RegExp): Promise<void> {
  const response = await fetch(url, init);
  assert.equal(response.status, 401);
  assert.match(response.headers.get('www-authenticate') ?? '', challenge);
}

/** The headers that say who the caller is, in any spelling. */
export function namesIn(headers: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => /^x[-_]((user|session|client|key)[-_]id|kind|roles|scopes)$/.test(name)),
  );
}
