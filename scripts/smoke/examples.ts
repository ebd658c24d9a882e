import assert from 'node:assert/strict';
import { createClient } from '../harness/http-client.ts';
import { findFreePort } from '../dev/ports.ts';
import { startExample } from '../harness/service.ts';
import { type Started, startProcess } from '../harness/process.ts';

const FOLDER = 'examples/protected-worker';
const JWKS_PATH = '/.well-known/jwks.json';
const ROUTE = '/private/me';
const FIRST_PORT = 18_887;

/**
 * Runs both variants of the protected Worker, and the one with the keys on Node too. Only the binding sees a logout.
 */
export async function driveExamples(service: Started, state: string): Promise<void> {
  const settings = { ISSUER: service.url, AUDIENCE: 'latchkey', JWKS_URL: service.url + JWKS_PATH };
  const vars = ['--var', `ISSUER:${settings.ISSUER}`, '--var', `JWKS_URL:${settings.JWKS_URL}`];
  const binding = await start({ config: `${FOLDER}/wrangler.toml`, state });
  const keys = await start({ config: `${FOLDER}/wrangler.jwks.toml`, flags: vars, state });
  const onNode = await startOnNode(settings);

  const { register, get, send } = createClient(service.url);
  const { accessToken } = await register({ email: 'protected@example.org', password: '123456' });
  const userId = (await get('/auth/verify', accessToken)).headers.get('x-user-id');
  for (const { url } of [binding, keys, onNode]) {
    assert.equal((await read(url)).status, 401);
    assert.equal((await read(url, 'a.b.c')).status, 401);
    assert.deepEqual(await read(url, accessToken), { status: 200, text: JSON.stringify({ user_id: userId }) });
  }
  assert.equal((await send('POST', '/auth/logout', accessToken)).status, 200);
  assert.equal((await read(binding.url, accessToken)).status, 401);
  for (const { url } of [keys, onNode]) assert.equal((await read(url, accessToken)).status, 200);
  assert.equal(service.output().split(`"route":"${JWKS_PATH}"`).length - 1, 2, 'each of the two fetches the keys once');
  await Promise.all([binding.stop(), keys.stop(), onNode.stop()]);

  // hono/jwk checks no issuer when it is given none.
  for (const lacking of ['ISSUER', 'AUDIENCE', 'JWKS_URL']) {
    const careless = await startOnNode({ ...settings, [lacking]: '' }, 500);
    assert.equal((await read(careless.url, accessToken)).status, 500, `without ${lacking}, nobody gets in`);
    await careless.stop();
  }
  console.log('ok: a Worker protected by the binding sees a logout; one with only the keys does not, neither on Node');
}

/** Starts the Worker of an example. It is up when it refuses nonsense, which takes the service or its keys. */
async function start(example: Parameters<typeof startExample>[0]): Promise<Started> {
  const port = await findFreePort(FIRST_PORT);
  return startExample(example, port, async (url) => (await read(url, 'a.b.c')).status === 401);
}

/** Starts the variant with the keys on Node. It is up when it responds to nonsense with `status`. */
async function startOnNode(settings: Record<string, string>, status = 401): Promise<Started> {
  const port = await findFreePort(FIRST_PORT);
  const url = `http://localhost:${port}`;
  return startProcess({
    command: process.execPath,
    args: [`${FOLDER}/on-node.ts`],
    env: { ...settings, PORT: String(port) },
    isQuiet: true,
    url,
    isUp: () =>
      read(url, 'a.b.c').then(
        (response) => response.status === status,
        () => false,
      ),
  });
}

async function read(url: string, token?: string): Promise<{ status: number; text: string }> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(url + ROUTE, { headers });
  return { status: response.status, text: await response.text() };
}
