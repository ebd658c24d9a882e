import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { TestProject } from 'vitest/node';

/** A request as it arrived. `headers` has those that a transport sets. */
export type Received = { method: string; headers: Record<string, string>; body: string };

const OF_THE_CONNECTION = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'accept-encoding',
  'cf-worker',
]);

const received = new Map<string, Received[]>();

/** What a provider may do instead of responding. */
const troubles: Record<string, (response: ServerResponse) => void> = {
  /** No response, ever. */
  silence: () => undefined,
  /** The connection drops before the response. */
  drop: (response) => response.destroy(),
  /** The connection drops in the body of a success, or of a refusal. */
  'half-200': (response) => halfOf(response, 200),
  'half-422': (response) => halfOf(response, 422),
  /** A body that begins and does not go on. */
  'stalled-200': (response) => void response.writeHead(200).write('{'),
  'stalled-422': (response) => void response.writeHead(422).write('{'),
  /** A body without end. */
  'endless-200': (response) => writeForever(response.writeHead(200)),
  'endless-422': (response) => writeForever(response.writeHead(422)),
};

let stop = async () => {};

/**
 * Starts a stand-in for the providers of mail. `/KEY/HOW` remembers each request as one of `KEY`, which `/KEY/received`
 * lists as JSON. `HOW` is a status, with the body in `?body=`, or one of the troubles.
 */
export async function setup(project: TestProject): Promise<void> {
  const server = createServer((request, response) => {
    respond(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a port is a number');
  project.provide('mailStandIn', `http://127.0.0.1:${address.port}`);
  stop = async () => {
    server.closeAllConnections();
    server.close();
  };
}

export async function teardown(): Promise<void> {
  await stop();
}

async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
  const [, key = '', how = ''] = pathname.split('/');
  if (how === 'received') return void response.end(JSON.stringify(received.get(key) ?? []));
  const headers = Object.fromEntries(
    Object.entries(request.headersDistinct)
      .filter(([name]) => !OF_THE_CONNECTION.has(name))
      .map(([name, values]) => [name, String(values)]),
  );
  const entry = { method: request.method ?? '', headers, body: await text(request) };
  received.set(key, [...(received.get(key) ?? []), entry]);
  const trouble = troubles[how];
  if (trouble !== undefined) return trouble(response);
  const location = how.startsWith('3') ? { location: `/${key}/200` } : {};
  response.writeHead(Number(how), { 'content-type': 'application/json', ...location });
  response.end(['204', '304'].includes(how) ? undefined : searchParams.get('body'));
}

function halfOf(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-length': '1000' });
  response.write('{"ErrorCode":300,', () => response.destroy());
}

function writeForever(response: ServerResponse): void {
  const write = () => {
    while (!response.destroyed && response.write(' '.repeat(65_536)));
  };
  response.on('drain', write);
  write();
}
