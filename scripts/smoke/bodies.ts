import assert from 'node:assert/strict';
import net from 'node:net';

const MAX_WAIT_MS = 20_000;

/**
 * Requests that announce a body and never send it, and the status of the response. Only GET and HEAD: with other
 * methods, `wrangler dev` itself waits for the body.
 */
const requests: [line: string, length: number, status: number][] = [
  ['GET /auth/verify', 27, 401],
  ['GET /auth/verify', 1_000_000, 401],
  ['HEAD /auth/status', 27, 401],
  ['GET /health', 27, 200],
  ['GET /.well-known/oauth-authorization-server', 1_000_000, 200],
  ['GET /nowhere', 1_000_000, 404],
  ['GET /auth/login', 27, 405],
];

/** Asks as nginx does for `auth_request`: with the length of a body, but without the body. */
export async function announceBodies({ url }: { url: string }): Promise<void> {
  const responses = await Promise.all(
    requests.map(async ([line, length, status]) => ({ line, length, status, received: await ask(url, line, length) })),
  );
  for (const { line, length, status, received } of responses) {
    assert.equal(received, status, `${line} with ${length} bytes that never come`);
  }
  console.log('ok: no GET waits for a body that it announces');
}

/** The status of the first response; 0 when there is none. */
function ask(url: string, line: string, length: number): Promise<number> {
  const { hostname, port, host } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = net.connect(Number(port), hostname);
    const finish = (status: number) => {
      socket.destroy();
      resolve(status);
    };
    let output = '';
    socket.on('error', reject);
    socket.on('end', () => finish(0));
    socket.setTimeout(MAX_WAIT_MS, () => finish(0));
    socket.on('data', (chunk: Buffer) => {
      output += chunk.toString('latin1');
      const [, status] = /^HTTP\/1\.1 (\d{3}) /.exec(output) ?? [];
      if (status !== undefined) finish(Number(status));
    });
    socket.write(`${line} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: text/plain\r\nContent-Length: ${length}\r\n\r\n`);
  });
}
