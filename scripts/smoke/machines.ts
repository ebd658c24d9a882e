import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Client } from '../harness/http-client.ts';

const run = promisify(execFile);

const SCRIPTS = join(import.meta.dirname, '..', 'run.js');

const granted = z.object({ access_token: z.string(), scope: z.string() });
const made = z.object({ key: z.string(), data: z.object({ key_id: z.string() }) });

/** An operator makes a client, a user makes a key, both get in where a scope is named, and both are ended. */
export async function letMachinesIn(url: string, client: Client): Promise<void> {
  await liveAsAClient(url, client);
  await liveAsAKey(url, client);
  console.log('ok: programs get in by a client and by an API key, where a scope is named, until they are ended');
}

async function liveAsAClient(url: string, client: Client): Promise<void> {
  const id = 'smoke.machine';
  const secret = secretIn(await operate(url, 'add', id, '--name', 'Smoke', '--scope', 'articles:read'));
  const ask = (secret: string, form: Record<string, string> = {}) => requestToken(client, { id, secret }, form);
  const token = await getToken(ask(secret));
  await assertLetIn(client, token, 'articles:read', { 'x-kind': 'machine', 'x-client-id': id, 'x-user-id': null });
  await assertRefused(client, token, 'articles:write', 'insufficient_scope');
  await assertRefusedAsPerson(client, token);
  assert.deepEqual((await ask(secret, { scope: 'articles:write' })).body['error'], 'invalid_scope');

  const second = secretIn(await operate(url, 'rotate', id));
  for (const each of [secret, second]) await getToken(ask(each));
  await operate(url, 'rotate', id, '--finish');
  assert.equal((await ask(secret)).body['error'], 'invalid_client');
  const next = await getToken(ask(second));

  await operate(url, 'disable', id);
  assert.equal((await ask(second)).body['error'], 'invalid_client');
  await assertRefused(client, next, 'articles:read', 'revoked_token');
  assert.match(await operate(url, 'list'), /^smoke\.machine .* 1 secret /m);
}

async function liveAsAKey(url: string, client: Client): Promise<void> {
  const user = { email: 'keys@example.org', password: '123456' };
  const { accessToken, refreshToken } = await client.register(user);
  const response = await client.post('/auth/keys', { name: 'smoke' }, accessToken);
  assert.equal(response.status, 201);
  const { key, data } = made.parse(response.body);
  assert.match(key, /^lk_[0-9A-Za-z]{59}_[0-9A-Za-z]{6}$/);
  await assertLetIn(client, key, 'api', { 'x-kind': 'user', 'x-key-id': data.key_id, 'x-session-id': null });
  await assertRefusedAsPerson(client, key);

  const form = (fields: Record<string, string>) =>
    client.call('/oauth/token', { method: 'POST', body: new URLSearchParams(fields) });
  const exchange = await form({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: key,
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
  });
  const exchanged = granted.parse(exchange.body).access_token;
  await assertLetIn(client, exchanged, 'api', { 'x-kind': 'user', 'x-key-id': data.key_id });
  const refreshed = await form({ grant_type: 'refresh_token', refresh_token: refreshToken });
  assert.equal(await client.status(granted.parse(refreshed.body).access_token), 200);

  assert.match(await script(url, 'user', 'keys', user.email), new RegExp(`^${data.key_id} .* smoke$`, 'm'));
  assert.equal((await client.send('DELETE', `/auth/keys/${data.key_id}`, accessToken)).status, 200);
  await assertRefused(client, key, 'api', 'invalid_api_key');
  await assertRefused(client, exchanged, 'api', 'revoked_token');
}

/** The secret that a command has printed. */
function secretIn(printed: string): string {
  const [, secret] = /^client_secret +(\S+)$/m.exec(printed) ?? [];
  assert.ok(secret !== undefined);
  return secret;
}

function requestToken(
  client: Client,
  { id, secret }: { id: string; secret: string },
  form: Record<string, string>,
): ReturnType<Client['call']> {
  const headers = { authorization: `Basic ${btoa(`${id}:${secret}`)}` };
  const body = new URLSearchParams({ grant_type: 'client_credentials', ...form });
  return client.call('/oauth/token', { method: 'POST', headers, body });
}

async function getToken(response: ReturnType<Client['call']>): Promise<string> {
  const { status, body } = await response;
  assert.equal(status, 200, JSON.stringify(body['error']));
  return granted.parse(body).access_token;
}

async function assertLetIn(
  client: Client,
  bearer: string,
  scope: string,
  names: Record<string, string | null>,
): Promise<void> {
  const { status, headers } = await client.get(`/auth/verify?scope=${scope}`, bearer);
  assert.equal(status, 204);
  const said = Object.keys(names).map((name) => [name, headers.get(name)]);
  assert.deepEqual(Object.fromEntries(said), names);
}

async function assertRefused(client: Client, bearer: string, scope: string, code: string): Promise<void> {
  const { body } = await client.get(`/auth/verify?scope=${scope}`, bearer);
  assert.equal(body['code'], code);
}

/** No place that names no scope takes a program for a person. */
async function assertRefusedAsPerson(client: Client, bearer: string): Promise<void> {
  for (const path of ['/auth/verify', '/auth/status', '/auth/keys', '/auth/sessions']) {
    const { status, body } = await client.get(path, bearer);
    assert.deepEqual([path, status, body['code']], [path, 403, 'user_required']);
  }
}

const operate = (url: string, ...args: string[]) => script(url, 'machine', ...args);

async function script(url: string, name: string, ...args: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [SCRIPTS, `ops/${name}`, ...args, '--url', url]);
  return stdout;
}
