import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { Failure } from '../../../scripts/command.ts';
import { greeting } from '../../../scripts/dev/messages.ts';
import { findOthers, withOthers } from '../../../scripts/dev/others.ts';

const servers: http.Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Starts a server that responds to everything with `body`. Returns its port. */
async function serve(body: (port: number) => unknown): Promise<number> {
  const server = http.createServer((_, response) => response.end(JSON.stringify(body(portOf(server)))));
  servers.push(server);
  server.listen(0, 'localhost');
  await once(server, 'listening');
  return portOf(server);
}

function portOf(server: http.Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('not listening');
  return address.port;
}

const metadataOf = (issuer: string) => ({ issuer, introspection_endpoint: `${issuer}/oauth/introspect` });

it('finds another Latchkey at a usual port, and at the one that was asked for', async () => {
  const first = await serve((port) => metadataOf(`http://localhost:${port}`));
  const second = await serve(() => metadataOf('https://auth.example.org'));
  const found = await findOthers(first - 9, [second]);
  expect(found).toContainEqual({ url: `http://localhost:${first}`, issuer: `http://localhost:${first}` });
  expect(found).toContainEqual({ url: `http://localhost:${second}`, issuer: 'https://auth.example.org' });
});

it.each([
  ['something that is not Latchkey', { issuer: 'https://idp.example.org', introspection_endpoint: 'https://x' }],
  ['an issuer with control characters for the terminal', metadataOf('http://idp.example.org/\u001B[31m')],
  ['no object', 'Hello'],
])('does not take %s for one', async (_, body) => {
  const port = await serve(() => body);
  const found = await findOthers(port);
  expect(found.filter(({ url }) => url.endsWith(`:${port}`))).toEqual([]);
});

it('names the others in the greeting, with the port that is in use and the playground', () => {
  const other = { url: 'http://localhost:8787', issuer: 'http://localhost:8787' };
  const scene = {
    url: 'http://localhost:8788',
    takenPort: 8787,
    hasPlayground: true,
    printsMails: true,
    others: [other],
  };
  expect(greeting(scene)).toMatch(/^\nLatchkey listens on http:\/\/localhost:8788\. Port 8787 is in use\.\n/);
  expect(greeting(scene)).toContain(
    '\nAnother Latchkey runs on this machine, at http://localhost:8787. Each refuses the tokens of the others with 401.\n',
  );
  expect(greeting(scene)).toContain('\nThe playground is a page to try it:\n\n  http://localhost:8788/\n');
  expect(greeting(scene)).toContain('\nMails show here, with their links and codes.\n');
  const alone = { ...scene, takenPort: undefined, hasPlayground: false, printsMails: false, others: [] };
  expect(greeting(alone)).toMatch(
    /^\nLatchkey listens on http:\/\/localhost:8788\.\n\nIn another terminal, you can try:/,
  );
});

it('names the others beside a failure, one of them with an issuer of its own', () => {
  const others = [
    { url: 'http://localhost:1', issuer: 'http://localhost:1' },
    { url: 'http://localhost:2', issuer: 'https://auth.example.org' },
  ];
  const said =
    'Other Latchkeys run on this machine, at http://localhost:1, http://localhost:2 (its issuer is https://auth.example.org).';
  expect(withOthers(new Failure('In use.', 3), others)).toEqual(new Failure(`In use.\n${said}`, 3));
  const bug = new TypeError('a bug');
  expect(withOthers(bug, others)).toBe(bug);
});
