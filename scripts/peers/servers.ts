import { once } from 'node:events';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '../dev/ports.ts';

const FIRST_PORT = 18_950;

/** How long a server waits for a body that may never come. */
const PATIENCE_MS = 1000;

/** The Retry-After of the stand-in, by its status. */
const RETRY_AFTER: Record<number, string> = { 429: '61', 503: '7' };

/** A request as it arrived. */
export type Seen = { method: string; url: string; headers: http.IncomingHttpHeaders; body: string };

/** A server in this process, and the requests that it got. */
export type Server = { url: string; seen: Seen[]; stop: () => Promise<void> };

/** The app behind a proxy. It responds with the request that it got. */
export function startApp(): Promise<Server> {
  return startServer((request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(request));
  });
}

/** Responds to `Bearer 429` with 429, and so on, which Latchkey does not do on demand. Its 204 names nobody. */
export function startStandIn(): Promise<Server> {
  return startServer(({ headers }, response) => {
    const status = Number(headers.authorization?.replace('Bearer ', '') ?? 401);
    const seconds = RETRY_AFTER[status];
    response.writeHead(status, seconds === undefined ? {} : { 'retry-after': seconds }).end();
  });
}

async function startServer(respond: (request: Seen, response: http.ServerResponse) => void): Promise<Server> {
  const seen: Seen[] = [];
  const server = http.createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    Promise.race([readAll(request), sleep(PATIENCE_MS, 'a body that never came')])
      .then((body) => {
        seen.push({ method, url, headers, body });
        respond({ method, url, headers, body }, response);
      })
      .catch(() => response.destroy());
  });
  const port = await findFreePort(FIRST_PORT);
  await once(server.listen(port, 'localhost'), 'listening');
  const stop = async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  return { url: `http://localhost:${port}`, seen, stop };
}

async function readAll(request: http.IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += String(chunk);
  return body;
}
