import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import { findFreePort } from '../../dev/ports.ts';
import type { BrowserTest, Surroundings } from '../test-case.ts';
import { servePages } from './project.ts';
import { changeStored } from './stored.ts';
import { newUser, withVisit } from './visit.ts';

const FIRST_PORT = 30_173 + randomInt(2000);

type Expected = { at: string; code: string; requestsEach: number; isOffline?: boolean };

/** Fails unless every method of a client at `at`, which holds a login of there, ends so. */
function expectAt(surroundings: Surroundings, { at, code, requestsEach, isOffline = false }: Expected): Promise<void> {
  return withVisit(surroundings, async ({ context, openProbe, requests }) => {
    const home = await openProbe();
    await home.evaluate((user) => latchkey.register(user), newUser());
    await changeStored(home, { url: at });
    const page = await openProbe({ at });
    await context.setOffline(isOffline);
    requests.length = 0;
    const codes = await page.evaluate(async (user) => {
      const calls = [
        () => latchkey.register(user),
        () => latchkey.logIn(user),
        () => latchkey.user(),
        () => latchkey.sessions(),
        () => latchkey.refresh(),
        () => latchkey.logOut(),
      ];
      const codes: (string | undefined)[] = [];
      for (const call of calls) codes.push((await outcomeOf(call())).code);
      return codes;
    }, newUser());
    assert.deepEqual(new Set(codes), new Set([code]));
    assert.equal(requests.length, codes.length * requestsEach);
    assert.ok(await page.evaluate(() => localStorage.getItem('latchkey')), 'the login is kept');
  });
}

/** A server that responds to everything with this JSON, also to pages of other origins. */
function withJsonServer(body: unknown, use: (url: string) => Promise<void>): Promise<void> {
  return withServer((_, response) => {
    response.writeHead(200, { ...OPEN, 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  }, use);
}

/** A server that sends everybody on to another one, except for preflight requests. Fails if anybody arrives there. */
async function withRedirects(use: (url: string) => Promise<void>): Promise<void> {
  const arrived: string[] = [];
  const target: RequestListener = ({ method, url }, response) => {
    arrived.push(`${method} ${url}`);
    response.writeHead(200, OPEN).end();
  };
  await withServer(target, (other) =>
    withServer(({ method, url = '' }, response) => {
      response.writeHead(method === 'OPTIONS' ? 204 : 307, { ...OPEN, Location: other + url }).end();
    }, use),
  );
  assert.deepEqual(arrived, []);
}

const OPEN = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': 'authorization, content-type',
  'Access-Control-Allow-Methods': '*',
};

async function withServer(listener: RequestListener, use: (url: string) => Promise<void>): Promise<void> {
  const server = createServer(listener);
  const port = await findFreePort(FIRST_PORT);
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve));
  try {
    await use(`http://localhost:${port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

export const strangersTests: BrowserTest[] = [
  {
    title: 'a server that responds with HTML is an error after one request',
    run: async (surroundings) => {
      const at = await servePages(surroundings);
      await expectAt(surroundings, { at, code: 'unexpected_response', requestsEach: 1 });
    },
  },
  ...[{ hello: 'world' }, { status: 'ok', data: {} }, [], null].map((body) => ({
    title: `a server that responds with the JSON ${JSON.stringify(body)} is an error after one request`,
    run: (surroundings: Surroundings) =>
      withJsonServer(body, (at) => expectAt(surroundings, { at, code: 'unexpected_response', requestsEach: 1 })),
  })),
  {
    title: 'a server that redirects is an error, and gets no password or token to another one',
    // Chromium reports where the redirect leads as a request, but does not send it.
    run: (surroundings) =>
      withRedirects((at) => expectAt(surroundings, { at, code: 'unexpected_response', requestsEach: 2 })),
  },
  {
    title: 'a server that does not respond is an error after three requests',
    run: async (surroundings) => {
      const at = `http://localhost:${await findFreePort(FIRST_PORT)}`;
      await expectAt(surroundings, { at, code: 'unreachable', requestsEach: 3 });
    },
  },
  {
    title: 'a device that is offline is an error after three requests, and nobody is logged out',
    run: (surroundings) =>
      expectAt(surroundings, { at: surroundings.url, code: 'unreachable', requestsEach: 3, isOffline: true }),
  },
];
