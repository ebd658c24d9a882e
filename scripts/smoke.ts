// npm run smoke: starts the service as the README does, on a free port and an empty database, and drives it over HTTP.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { malformedRequest } from './malformed.ts';
import { findFreePort } from './ports.ts';
import { WRANGLER } from './wrangler.ts';

const MALFORMED_REQUESTS = 10_000;
const SIMULTANEOUS = 100;
const FIRST_PORT = 18_787;

const state = mkdtempSync(join(tmpdir(), 'latchkey-smoke-'));
const joe = { email: 'joe@gmail.com', password: '123456' };

type Answer = { status: number; body: Record<string, unknown> };
type Service = { url: string; stop: () => Promise<void> };

let service = await start();
try {
  await driveTheFourRoutes();
  await registerAtOnce();
  await sendMalformedRequests();
  await service.stop();
  assert.deepEqual(countRows(), { users: 2, sessions: 3 }, 'nothing else was stored');
  passed('malformed requests stored nothing');

  service = await start('--var', 'ACCESS_TOKEN_TTL_SECONDS:2');
  await expireAToken();
} finally {
  await service.stop();
  rmSync(state, { recursive: true });
}

async function driveTheFourRoutes(): Promise<void> {
  const registered = await post('/auth/register', joe);
  assertAnswer(registered, 201, 'Successfully registered.');
  assertAnswer(await post('/auth/register', joe), 202, 'User already exists. Please Log in.');
  assertAnswer(await post('/auth/login', { ...joe, password: '654321' }), 404, 'User does not exist.');
  const loggedIn = await post('/auth/login', joe);
  assertAnswer(loggedIn, 200, 'Successfully logged in.');
  const authorization = `Bearer ${String(loggedIn.body['auth_token'])}`;
  const status = await call('/auth/status', { headers: { authorization } });
  assert.equal(status.status, 200);
  const { data } = z.object({ data: z.record(z.string(), z.unknown()) }).parse(status.body);
  assert.deepEqual(Object.keys(data), ['user_id', 'email', 'admin', 'registered_on']);
  assertAnswer(await call('/auth/status'), 401, 'Provide a valid auth token.');
  assertAnswer(await call('/auth/logout', { method: 'POST' }), 403, 'Provide a valid auth token.');
  assertAnswer(
    await call('/auth/logout', { method: 'POST', headers: { authorization } }),
    200,
    'Successfully logged out.',
  );
  assertAnswer(
    await call('/auth/status', { headers: { authorization } }),
    401,
    'Token blacklisted. Please log in again.',
  );
  assert.equal((await call('/ready')).status, 200);
  passed('register, login, status, logout');
}

async function registerAtOnce(): Promise<void> {
  const attempts = Array.from({ length: SIMULTANEOUS }, (_, i) =>
    post('/auth/register', { ...joe, email: i % 2 === 0 ? 'jane@gmail.com' : ' JANE@Gmail.com' }),
  );
  const statuses = (await Promise.all(attempts)).map(({ status }) => status).toSorted((a, b) => a - b);
  assert.deepEqual(statuses, [201, ...Array.from({ length: SIMULTANEOUS - 1 }, () => 202)]);
  passed(`${SIMULTANEOUS} simultaneous registrations of one address make one account`);
}

async function sendMalformedRequests(): Promise<void> {
  const statuses = new Map<number, number>();
  let next = 0;
  const worker = async () => {
    while (next < MALFORMED_REQUESTS) {
      const { path, init } = malformedRequest(next++);
      const { status, body } = await call(path, init);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      const what = `${init.method} ${path} is refused in the envelope, not ${status}`;
      assert.ok(status >= 400 && status < 500 && body['status'] === 'fail', what);
    }
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  const seen = [...statuses].toSorted(([a], [b]) => a - b).map(([status, times]) => `${times} x ${status}`);
  passed(`${MALFORMED_REQUESTS} malformed requests: ${seen.join(', ')}`);
}

async function expireAToken(): Promise<void> {
  const loggedIn = await post('/auth/login', joe);
  assertAnswer(loggedIn, 200, 'Successfully logged in.');
  passed('a second start keeps users');
  const authorization = `Bearer ${String(loggedIn.body['auth_token'])}`;
  await sleep(3000);
  assertAnswer(
    await call('/auth/status', { headers: { authorization } }),
    401,
    'Signature expired. Please log in again.',
  );
  passed('a token expires after ACCESS_TOKEN_TTL_SECONDS');
}

/** The service as `npm run dev` starts it, once it has said where it listens and what to try. */
async function start(...flags: string[]): Promise<Service> {
  const port = await findFreePort(FIRST_PORT);
  const child = spawn('npm', ['run', 'dev', '--', '--port', String(port), '--persist-to', state, ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = `http://localhost:${port}`;
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  for (let waited = 0; !output.includes(`curl -s -X POST ${url}/auth/logout`); waited += 200) {
    if (child.exitCode !== null || waited > 60_000) throw new Error(`npm run dev did not come up:\n${output}`);
    await sleep(200);
  }
  return { url, stop: () => stop(child, url) };
}

async function stop(child: ChildProcess, url: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill();
    await once(child, 'exit');
  }
  while (
    await fetch(`${url}/health`).then(
      () => true,
      () => false,
    )
  )
    await sleep(200);
}

function countRows(): unknown {
  const command = 'SELECT (SELECT count(*) FROM users) AS users, (SELECT count(*) FROM sessions) AS sessions';
  const args = [WRANGLER, 'd1', 'execute', 'DB', '--local', '--persist-to', state, '--json', '--command', command];
  const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const [answer] = z.array(z.object({ results: z.array(z.unknown()) })).parse(JSON.parse(stdout));
  return answer?.results[0];
}

async function call(path: string, init?: RequestInit): Promise<Answer> {
  const response = await fetch(service.url + path, init);
  return { status: response.status, body: z.record(z.string(), z.unknown()).parse(await response.json()) };
}

function post(path: string, body: unknown): Promise<Answer> {
  return call(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

function assertAnswer({ status, body }: Answer, expected: number, message: string): void {
  assert.deepEqual({ status, message: body['message'] }, { status: expected, message });
}

function passed(what: string): void {
  console.log(`ok: ${what}`);
}
