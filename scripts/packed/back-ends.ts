import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findFreePort } from '../dev/ports.ts';
import { statusOf } from '../dev/status-of.ts';
import { createClient } from '../harness/http-client.ts';
import { type Started, startProcess } from '../harness/process.ts';
import { startExample, startService } from '../harness/service.ts';
import { WRANGLER } from '../wrangler/cli.ts';
import { drive, type Example, expectUnavailable } from './drive.ts';
import { driveByPrograms } from './programs.ts';
import { checkTypes, createProject, type Project } from './project.ts';
import type { Tarball } from './tarball.ts';

const FIRST_PORT = 18_990;

/** Runs the examples for back ends, each in a project of its own, with a real Latchkey. `node` runs Express. */
export async function runBackEnds(tarball: Tarball, node: string, state: string): Promise<void> {
  const express = createProject(tarball, { from: 'examples/express', packages: EXPRESS, files: PASSPORT }, state);
  const express4 = createProject(tarball, { from: 'examples/express', packages: EXPRESS_4 }, state);
  const hono = createProject(tarball, { from: 'examples/hono-node', packages: HONO }, state);
  const worker = createProject(tarball, { from: 'examples/worker', packages: WORKER }, state);
  for (const each of [express, express4]) checkTypes(each, { file: 'server.js', platform: 'node' });
  checkTypes(express, { file: 'with-passport.ts', platform: 'node' });
  checkTypes(hono, { file: 'server.ts', platform: 'node' });
  checkTypes(worker, { file: 'worker.ts', platform: 'worker' });
  checkGeneratedTypes(worker);
  console.log('ok: the types of the examples are right, under nodenext and bundler');

  const service = await startService({ state: join(state, 'service'), isQuiet: true });
  const client = createClient(service.url);
  const { url: bound } = await startWorker(worker, join(state, 'service'));
  const examples: Example[] = [{ url: bound, seesLogouts: true }];
  for (const [project, file, program] of [
    [express, 'server.js', node],
    [express4, 'server.js', node],
    [hono, 'server.ts', process.execPath],
  ] as const) {
    const { url } = await startServer(project, { file, program, issuer: service.url });
    examples.push({ url, seesLogouts: false });
  }
  await drive(examples, client);
  console.log(
    'ok: Express 5 and 4, Hono on Node and a Worker with the binding let in users of Latchkey, and nobody else',
  );

  await driveByPrograms({ tarball, node, state }, examples, { service: client, url: service.url });
  console.log(
    'ok: they let in a machine, and an API key where they can, at the route that names a scope, and nowhere else',
  );

  const tokens = await client.register({ email: 'nobody@example.org', password: '123456' });
  const issuer = `http://localhost:${await findFreePort(FIRST_PORT)}`;
  const alone = await startServer(express, { file: 'server.js', program: node, issuer });
  await expectUnavailable(alone.url, tokens);
  await service.stop();
  await expectUnavailable(bound, tokens);
  console.log('ok: without Latchkey, they let nobody in, and say so');
}

const EXPRESS = ['express', '@types/express', '@types/node', '@types/passport@1'];
const EXPRESS_4 = ['express@4', '@types/express@4', '@types/node'];
/** Passport declares `req.user` too. */
const PASSPORT = { 'with-passport.ts': `/// <reference types="passport" />\nimport './server.js';\n` };
const HONO = ['hono', '@hono/node-server', '@types/node'];
const WORKER = ['hono', '@cloudflare/workers-types'];

const BOUND = `/// <reference path="./env.d.ts" />
import { env } from 'cloudflare:workers';
import { createVerifier } from 'latchkey-client/verify';
export const verifier = createVerifier({ service: env.LATCHKEY });
`;

/** The binding may also have the type that wrangler gives it. Wrangler writes types for bundlers only. */
function checkGeneratedTypes(worker: Project): void {
  const { folder } = worker;
  const args = [WRANGLER, 'types', 'env.d.ts', '--include-runtime=false'];
  execFileSync(process.execPath, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  writeFileSync(join(folder, 'bound.ts'), BOUND);
  checkTypes(worker, { file: 'bound.ts', platform: 'worker', under: ['bundler'] });
}

/** Starts a server that reads ISSUER and PORT. It is up when it refuses a request without a token. */
async function startServer(
  { folder }: Project,
  { file, program, issuer }: { file: string; program: string; issuer: string },
): Promise<Started> {
  const port = await findFreePort(FIRST_PORT);
  const url = `http://localhost:${port}`;
  return startProcess({
    command: program,
    args: [join(folder, file)],
    env: { ISSUER: issuer, PORT: String(port) },
    isQuiet: true,
    url,
    isUp: async () => (await statusOf(`${url}/me`)) === 401,
  });
}

/** Starts the Worker beside the service. It is up when it has found it: before that, it cannot tell about any token. */
async function startWorker({ folder }: Project, state: string): Promise<Started> {
  const port = await findFreePort(FIRST_PORT);
  const isUp = async (url: string) => {
    const headers = { authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.AAAA' };
    return (await fetch(`${url}/me`, { headers })).status === 401;
  };
  // Quiet, because it prints why it cannot tell when the service has stopped.
  return startExample({ config: join(folder, 'wrangler.toml'), state, isQuiet: true }, port, isUp);
}
