import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { devVarsOf } from '../dev/vars.ts';
import type { Client } from '../harness/http-client.ts';
import { readDevKeys } from '../ops/admin/operator-keys.ts';
import { makeOperatorToken } from '../ops/admin/operator-token.ts';
import type { Example } from './drive.ts';
import { checkTypes, createProject } from './project.ts';
import type { Tarball } from './tarball.ts';

/** A program that calls each of the URLs in its arguments, and prints the statuses and what the last one says. */
const PROGRAM = `
import { createMachine } from 'latchkey-client/machine';
const { LATCHKEY_URL = '', CLIENT_SECRET = '' } = process.env;
const machine = createMachine({ url: LATCHKEY_URL, clientId: 'reports', clientSecret: CLIENT_SECRET, scope: 'api' });
const statuses: number[] = [];
let text = '';
for (const url of process.argv.slice(2)) {
  const response = await machine.fetch(url);
  statuses.push(response.status);
  text = await response.text();
}
console.log(JSON.stringify({ statuses, text }));
`;

/** As the compiler would leave it. */
const withoutTypes = (text: string) => text.replace(': number[]', '');

/**
 * Calls the examples as programs do: a machine with `createMachine`, an API key of a user, and the access token that this
 * was exchanged for. `node` runs the program.
 */
export async function driveByPrograms(
  { tarball, node, state }: { tarball: Tarball; node: string; state: string },
  examples: Example[],
  { service, url }: { service: Client; url: string },
): Promise<void> {
  const files = { 'program.ts': PROGRAM, 'program.js': withoutTypes(PROGRAM) };
  const { folder } = createProject(tarball, { packages: ['@types/node'], files }, state);
  checkTypes({ folder }, { file: 'program.ts', platform: 'node' });
  const secret = await makeClient(url, service);
  const env = { ...process.env, LATCHKEY_URL: url, CLIENT_SECRET: secret };
  for (const example of examples) {
    const args = [join(folder, 'program.js'), `${example.url}/me`, `${example.url}/reports`];
    const { statuses, text } = printed.parse(JSON.parse(execFileSync(node, args, { env, encoding: 'utf8' })));
    assert.deepEqual([statuses, JSON.parse(text)], [[403, 200], { kind: 'machine', id: 'reports' }]);
  }

  const { accessToken } = await service.register({ email: `${crypto.randomUUID()}@example.org`, password: '123456' });
  const made = await service.post('/auth/keys', { name: 'curl' }, accessToken);
  const { key } = newKey.parse(made.body);
  const exchanged = await exchange(service, key);
  for (const example of examples) {
    assert.equal(await statusOf(`${example.url}/reports`, accessToken), 200);
    assert.equal(await statusOf(`${example.url}/reports`, exchanged), 200);
    // No public key verifies an API key.
    assert.equal(await statusOf(`${example.url}/reports`, key), example.seesLogouts ? 200 : 401);
    for (const token of [key, exchanged]) assert.equal(await statusOf(`${example.url}/me`, token), 403);
  }
}

const printed = z.object({ statuses: z.array(z.int()), text: z.string() });
const newKey = z.object({ key: z.string() });
const newClient = z.object({ client_secret: z.string() });
const issued = z.object({ access_token: z.string() });

/** Makes the client of the program as an operator, and returns its secret. */
async function makeClient(url: string, service: Client): Promise<string> {
  const { keys } = await readDevKeys(devVarsOf('wrangler.toml'));
  const given = { name: 'Reports', client_id: 'reports', scopes: ['api'] };
  const { body } = await service.post('/admin/clients', given, await makeOperatorToken(keys, url));
  return newClient.parse(body).client_secret;
}

async function exchange(service: Client, key: string): Promise<string> {
  const form = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: key,
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
  });
  const { body } = await service.call('/oauth/token', { method: 'POST', body: form });
  return issued.parse(body).access_token;
}

async function statusOf(url: string, token: string): Promise<number> {
  return (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).status;
}
