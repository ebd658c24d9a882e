import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createClient } from '@libsql/client/http';
import type { TestProject } from 'vitest/node';
import { applyMigrations } from '../../scripts/libsql/apply-migrations.ts';
import { startLibsqlServer } from '../../scripts/libsql/server.ts';

let stop = async () => {};

/**
 * Starts the migrated libSQL server of the suite, and beside it a control server that is not a database. There, `POST
 * /restart` restarts the database. Other requests get, by their token: half a response (`half`), an HTML page (`page`),
 * a redirect (`elsewhere`), or their own body as text, as JSON or with status 200 (`echo`, `echo-json`, `echo-ok`). All
 * others never get a response.
 */
export async function setup(project: TestProject): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-libsql-'));
  const authToken = randomBytes(32).toString('base64url');
  const options = { file: join(folder, 'latchkey.db'), authToken };
  let server = await startLibsqlServer(options);
  const { url, port } = server;
  await applyMigrations(createClient({ url, authToken }));

  async function restart(): Promise<void> {
    await server.stop();
    server = await startLibsqlServer({ ...options, port });
  }

  async function serveControl(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === '/restart') {
      await restart();
      response.writeHead(204).end();
    } else if (request.headers.authorization === 'Bearer half') {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"baton":null,');
    } else if (request.headers.authorization === 'Bearer page') {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>');
    } else if (request.headers.authorization === 'Bearer elsewhere') {
      response.writeHead(307, { location: '/elsewhere' }).end();
    } else if (request.headers.authorization === 'Bearer echo') {
      response.writeHead(502, { 'content-type': 'text/plain' }).end(await text(request));
    } else if (request.headers.authorization === 'Bearer echo-json') {
      const body = JSON.stringify({ code: 'ECHO', message: await text(request) });
      response.writeHead(502, { 'content-type': 'application/json' }).end(body);
    } else if (request.headers.authorization === 'Bearer echo-ok') {
      response.writeHead(200, { 'content-type': 'application/json' }).end(`hunter2${await text(request)}`);
    }
  }

  const control = createServer((request, response) => {
    serveControl(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => control.listen(0, '127.0.0.1', resolve));
  const address = control.address();
  if (address === null || typeof address === 'string') throw new TypeError('a port is a number');
  project.provide('libsql', {
    TURSO_DATABASE_URL: url,
    TURSO_AUTH_TOKEN: authToken,
    LIBSQL_CONTROL_URL: `http://127.0.0.1:${address.port}`,
  });

  stop = async () => {
    control.closeAllConnections();
    control.close();
    await server.stop();
    rmSync(folder, { recursive: true });
  };
}

export async function teardown(): Promise<void> {
  await stop();
}
