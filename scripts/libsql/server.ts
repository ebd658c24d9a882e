import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import Database from 'libsql';
import { z } from 'zod';
import { respond, type SqlTexts } from './hrana.ts';
import { streamRequest } from './hrana-requests.ts';
import { dumpOf } from './sql-dump.ts';

/** A client's connection over several requests. Each response has a baton for the next request. */
type Stream = { texts: SqlTexts; timer?: NodeJS.Timeout };

/** How long a client may be silent. If it is in a transaction, all others wait for it. */
const MAX_SILENCE_MS = 5000;

const pipeline = z.object({ baton: z.string().nullish(), requests: z.array(streamRequest) });

export type LibsqlServer = { url: string; port: number; stop: () => Promise<void> };

/**
 * Serves the libSQL database in `file` (or `:memory:`) on 127.0.0.1, for development and tests. Clients must send
 * `authToken`. It speaks the protocol of `@libsql/client` (Hrana 2, JSON over HTTP), and has sqld's `GET /dump`. It
 * runs one transaction at a time; the others wait.
 */
export async function startLibsqlServer(options: {
  file: string;
  port?: number;
  authToken: string;
}): Promise<LibsqlServer> {
  const database = new Database(options.file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 5000');
  const streams = new Map<string, Stream>();
  const waiting: (() => void)[] = [];
  let holder: Stream | undefined;

  /** Resolves when no other stream is in a transaction. */
  async function waitForTurn(stream: Stream): Promise<void> {
    if (holder === undefined || holder === stream) return;
    await new Promise<void>((resolve) => waiting.push(resolve));
    await waitForTurn(stream);
  }

  function endTransaction(stream: Stream): void {
    if (holder !== stream) return;
    if (database.inTransaction) database.exec('ROLLBACK');
    holder = undefined;
    for (const goOn of waiting.splice(0)) goOn();
  }

  async function runPipeline(request: IncomingMessage, response: ServerResponse): Promise<object> {
    const { baton, requests } = pipeline.parse(JSON.parse(await text(request)));
    const stream: Stream | undefined = baton ? streams.get(baton) : { texts: new Map() };
    if (stream === undefined) throw new Error('The stream has expired');
    streams.delete(baton ?? '');
    clearTimeout(stream.timer);
    await waitForTurn(stream);
    // A client that has gone meanwhile is not served: nobody would learn of the result.
    if (response.destroyed) {
      endTransaction(stream);
      return {};
    }

    const results = requests.map((each) => respond(database, stream.texts, each));
    const isOver = requests.some(({ type }) => type === 'close');
    if (database.inTransaction) holder = stream;
    if (isOver || !database.inTransaction) endTransaction(stream);
    if (isOver) return { baton: null, base_url: null, results };
    const next = randomUUID();
    streams.set(next, stream);
    stream.timer = setTimeout(expire, MAX_SILENCE_MS, next, stream).unref();
    return { baton: next, base_url: null, results };
  }

  function expire(baton: string, stream: Stream): void {
    streams.delete(baton);
    endTransaction(stream);
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const route = `${request.method} ${request.url}`;
    const send = (status: number, type: string, body: string) =>
      response.writeHead(status, { 'content-type': type }).end(body);
    if (request.headers.authorization !== `Bearer ${options.authToken}`) {
      send(401, 'text/plain', 'Unauthorized');
    } else if (route === 'POST /v2/pipeline') {
      send(200, 'application/json', JSON.stringify(await runPipeline(request, response)));
    } else if (route === 'GET /dump') {
      await waitForTurn({ texts: new Map() });
      send(200, 'text/plain; charset=utf-8', dumpOf(database));
    } else {
      send(404, 'text/plain', 'Not found');
    }
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) =>
      response.writeHead(400, { 'content-type': 'text/plain' }).end(error instanceof Error ? error.name : 'Error'),
    );
  });
  // Keeps idle connections open. Node would close them after 5 s, and a request sent just then would be lost.
  server.keepAliveTimeout = 0;
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.int() }).parse(server.address());

  async function stop(): Promise<void> {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
    if (database.inTransaction) database.exec('ROLLBACK');
    database.close();
  }

  return { url: `http://127.0.0.1:${port}`, port, stop };
}
