import assert from 'node:assert/strict';
import http from 'node:http';
import { z } from 'zod';
import type { Client } from '../harness/http-client.ts';
import { operatorOf } from '../harness/operator.ts';
import { namesIn, read, spoofs } from './drive-proxy.ts';
import { getMachineToken } from './machine-token.ts';
import { type Machines, SCOPE } from './machines.ts';
import type { Server } from './servers.ts';
import { ACCESS_TOKEN, TOKEN_EXCHANGE } from './token-exchange.ts';
import type { Operated } from './users.ts';

/** A caller that is no session, and the headers by which the app knows it. */
type Caller = { bearer: string; names: Record<string, string> };

/**
 * Checks that the proxy at `url` lets in programs and API keys below /api/, which names the scope, and nowhere else; and
 * that the app sees who they are, whatever they say. A proxy that knows JWTs only gets exchanged keys.
 */
export async function letProgramsIn(
  url: string,
  latchkey: Operated & { machines: Machines },
  { app, takesKeys }: { app: Server; takesKeys: boolean },
): Promise<void> {
  const { client, machines } = latchkey;
  for (const { bearer, names } of await makeCallers(latchkey, takesKeys)) {
    const init = { headers: { authorization: `Bearer ${bearer}`, ...spoofs } };
    assert.deepEqual(filled(namesIn((await read(`${url}/api/orders?page=1`, init)).headers)), names);

    const before = app.seen.length;
    for (const path of ['/', '/orders', '/apis', '/orders/api/']) await assertRefused(url + path, init);
    assert.equal(app.seen.length, before, 'a place without a scope lets in people only');
    await assertNotEscaped(url, bearer, app);
  }

  const scopeless = await getMachineToken(client, machines, { scope: 'latchkey:introspect' });
  const wrong = `lk_${'0'.repeat(59)}_000000`;
  const before = app.seen.length;
  for (const bearer of [scopeless, wrong, `${scopeless}x`])
    await assertRefused(`${url}/api/orders`, { headers: { authorization: `Bearer ${bearer}` } });
  assert.equal(app.seen.length, before, 'a refused request does not reach the app');
}

async function makeCallers({ url, client, machines }: Operated & { machines: Machines }, takesKeys: boolean) {
  const operator = await operatorOf(url);
  const machine = { 'x-kind': 'machine', 'x-client-id': machines.id, 'x-scopes': SCOPE };
  const own = await operator.createMachineKey(machines.id, { name: 'peers', scopes: [SCOPE] });
  const { accessToken } = await client.register({ email: `${crypto.randomUUID()}@example.org`, password: '123456' });
  const users = made.parse((await client.post('/auth/keys', { name: 'peers' }, accessToken)).body);
  const userId = (await client.get('/auth/verify', accessToken)).headers.get('x-user-id') ?? '';
  const user = { 'x-kind': 'user', 'x-user-id': userId, 'x-client-id': 'api-key', 'x-scopes': SCOPE };
  const keys: Caller[] = [
    { bearer: own.key, names: { ...machine, 'x-key-id': own.data.key_id } },
    { bearer: users.key, names: { ...user, 'x-key-id': users.data.key_id } },
  ];
  const exchanged: Caller[] = [];
  for (const { bearer, names } of keys) exchanged.push({ bearer: await exchange(client, bearer), names });
  const token: Caller = { bearer: await getMachineToken(client, machines, { scope: SCOPE }), names: machine };
  return [token, ...exchanged, ...(takesKeys ? keys : [])];
}

async function exchange(client: Client, key: string): Promise<string> {
  const form = { grant_type: TOKEN_EXCHANGE, subject_token: key, subject_token_type: ACCESS_TOKEN };
  const { status, body } = await client.call('/oauth/token', { method: 'POST', body: new URLSearchParams(form) });
  assert.equal(status, 200, JSON.stringify(body['error']));
  return granted.parse(body).access_token;
}

const made = z.object({ key: z.string(), data: z.object({ key_id: z.string() }) });
const granted = z.object({ access_token: z.string() });

/** The headers that are not empty. Some proxies leave out the others. */
const filled = (headers: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));

async function assertRefused(url: string, init: RequestInit): Promise<void> {
  const { status } = await fetch(url, init);
  assert.ok(status === 401 || status === 403, `${url} responded with ${status}`);
}

/** Paths that begin with /api/, and that many apps resolve to another place. */
const ESCAPES = ['/api/../orders', '/api/..%2forders', '/api/%2e%2e/orders', '/api/x/../../orders', '/api/..\\orders'];

/** Checks that a program does not reach a place outside /api/ by a path that the app resolves. */
async function assertNotEscaped(url: string, bearer: string, app: Server): Promise<void> {
  const before = app.seen.length;
  for (const path of ESCAPES) await sendRaw(url, path, bearer);
  const escaped = app.seen.slice(before).filter(({ url }) => !resolve(url).startsWith('/api/'));
  assert.deepEqual(escaped, [], 'a path that leads out of /api/ is not one below it');
}

const resolve = (path: string): string => new URL(decodeURIComponent(path), 'http://localhost').pathname;

/** Sends a path as it is. `fetch` would resolve it. */
async function sendRaw(url: string, path: string, bearer: string): Promise<void> {
  const { hostname, port } = new URL(url);
  await new Promise<void>((done, fail) => {
    const headers = { authorization: `Bearer ${bearer}` };
    http
      .get({ hostname, port, path, headers }, (response) => response.resume().once('end', done).once('error', fail))
      .once('error', fail);
  });
}
