import assert from 'node:assert/strict';
import { createClient } from './http-client.ts';
import { findFreePort } from './ports.ts';
import { startExample } from './running-service.ts';
import type { Started } from './started-process.ts';

const FOLDER = 'examples/protected-worker';
const JWKS_PATH = '/.well-known/jwks.json';
const ROUTE = '/private/me';
const FIRST_PORT = 18_887;

/** Runs both variants of the protected Worker beside the service: only the binding hears of a logout. */
export async function driveExamples(service: Started, state: string): Promise<void> {
  const vars = ['--var', `ISSUER:${service.url}`, '--var', `JWKS_URL:${service.url}${JWKS_PATH}`];
  const binding = await start({ config: `${FOLDER}/wrangler.toml`, state });
  const keys = await start({ config: `${FOLDER}/wrangler.jwks.toml`, flags: vars, state });

  const { register, get, send } = createClient(service.url);
  const { accessToken } = await register({ email: 'protected@example.org', password: '123456' });
  const userId = (await get('/auth/verify', accessToken)).headers.get('x-user-id');
  for (const { url } of [binding, keys]) {
    assert.equal((await read(url)).status, 401);
    assert.equal((await read(url, 'a.b.c')).status, 401);
    assert.deepEqual(await read(url, accessToken), { status: 200, text: JSON.stringify({ user_id: userId }) });
  }
  assert.equal((await send('POST', '/auth/logout', accessToken)).status, 200);
  assert.equal((await read(binding.url, accessToken)).status, 401);
  assert.equal((await read(keys.url, accessToken)).status, 200);
  assert.equal(service.output().split(`"route":"${JWKS_PATH}"`).length - 1, 1, 'the keys are fetched once');

  await Promise.all([binding.stop(), keys.stop()]);
  console.log('ok: a Worker protected by the binding hears of a logout; one that has only the keys does not');
}

/** The Worker of an example, once it can tell that nonsense is no token, which takes the service or its keys. */
async function start(example: Parameters<typeof startExample>[0]): Promise<Started> {
  const port = await findFreePort(FIRST_PORT);
  return startExample(example, port, async (url) => (await read(url, 'a.b.c')).status === 401);
}

async function read(url: string, token?: string): Promise<{ status: number; text: string }> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const answer = await fetch(url + ROUTE, { headers });
  return { status: answer.status, text: await answer.text() };
}
