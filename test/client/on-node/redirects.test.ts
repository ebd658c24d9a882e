import { once } from 'node:events';
import http from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLatchkey } from 'latchkey-client';

const servers: http.Server[] = [];
const strangers: string[] = [];
let url = '';

/** Starts a server, and returns its origin. */
async function listen(listener: http.RequestListener): Promise<string> {
  const server = http.createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

beforeAll(async () => {
  const stranger = await listen((request, response) => {
    strangers.push(`${request.method} ${request.url}`);
    response.end('{}');
  });
  url = await listen(({ url: path = '' }, response) => {
    const status = Number(path.split('/')[1]);
    response.writeHead(status, { Location: stranger + path }).end();
  });
});

afterAll(() => {
  for (const server of servers) server.close();
});

it.each([301, 302, 303, 307, 308])('sends no password and no token to where a redirect (%d) leads', async (status) => {
  const base = `${url}/${status}`;
  const tokens = { accessToken: 'eyJ.e.s', refreshToken: 'r', userId: 'u', sessionId: 's' };
  let text: string | undefined;
  const store = { get: () => text, set: () => undefined, remove: () => undefined };
  const latchkey = createLatchkey({ url: base, store });
  const refused = { code: 'unexpected_response', status };
  await expect(latchkey.logIn({ email: 'joe@gmail.com', password: 'secret' })).rejects.toMatchObject(refused);
  text = JSON.stringify({ url: base, ...tokens, dueAt: 0 });
  await expect(latchkey.refresh()).rejects.toMatchObject(refused);
  await expect(latchkey.logOut()).rejects.toMatchObject(refused);
  text = JSON.stringify({ url: base, ...tokens, dueAt: Number.MAX_SAFE_INTEGER });
  await expect(latchkey.sessions()).rejects.toMatchObject(refused);
  expect(strangers).toEqual([]);
});
