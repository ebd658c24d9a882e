import { env, exports } from 'cloudflare:workers';
import { expect, it, vi } from 'vitest';
import { bearer, joe, startService, tokensOf } from '../support/service.ts';

/** Sends to the Worker itself, so that each request has a connection of its own. */
async function send(path: string, body?: object, token?: string) {
  const headers = { 'content-type': 'application/json', ...(token !== undefined && bearer(token)) };
  const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
  const response = await exports.default.fetch(`http://localhost${path}`, init);
  return { status: response.status, headers: response.headers, body: Object(await response.json()) };
}

it('serves forty simultaneous callers with several queries each in one isolate', async () => {
  const calls = Array.from({ length: 40 }, async (_, number) => {
    const user = { ...joe, email: `user-${number}@example.org` };
    const statuses = [(await send('/auth/register', user)).status];
    const loggedIn = await send('/auth/login', user);
    const { access, refresh } = tokensOf(loggedIn);
    statuses.push(loggedIn.status, (await send('/auth/status', undefined, access)).status);
    statuses.push((await send('/auth/refresh', { refresh_token: refresh })).status);
    statuses.push((await send('/auth/sessions', undefined, access)).status);
    statuses.push((await send('/auth/logout?scope=others', {}, access)).status);
    return statuses;
  });
  for (const statuses of await Promise.all(calls)) expect(statuses).toEqual([201, 200, 200, 200, 200, 200]);
});

it('goes on after a restart of the server', async () => {
  const { register, status, refresh } = startService();
  const tokens = tokensOf(await register());
  for (let restart = 0; restart < 5; restart += 1) {
    await fetch(`${env.LIBSQL_CONTROL_URL}/restart`, { method: 'POST' });
    expect(await status(tokens.access)).toMatchObject({ status: 200 });
    expect(await refresh(tokens.refresh)).toMatchObject({ status: 200 });
  }
});

it('takes the write lock when a batch begins, so that no batch finds out too late that another has written', async () => {
  const send = globalThis.fetch;
  const bodies: string[] = [];
  const spy = vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    bodies.push(await new Request(input, init).clone().text());
    return send(input, init);
  });
  await startService().register();
  spy.mockRestore();
  expect(bodies).toEqual([expect.stringContaining('"BEGIN IMMEDIATE"')]);
});
