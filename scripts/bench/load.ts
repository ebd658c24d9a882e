// npm run load [-- --turso]: 64 clients at once for 30 seconds, when they have come one by one, on an empty database; fails
// unless every answer is 200 or 201.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, createClient, tokensOf } from '../harness/http-client.ts';
import { startService } from '../harness/service.ts';
import { stopAll } from '../harness/process.ts';

const CLIENTS = 64;
const DURATION_MS = 30_000;

/** Between one client's coming and the next. All at once would measure how long one processor takes for 64 passwords. */
const ARRIVAL_MS = 100;

/** A login is mostly work for the processor: so often is the database asked for each. */
const LOOKS = 10;

/** So many lines of the service's log are shown when an answer was not as it should be. */
const FAILURES = 10;

const script = process.argv.includes('--turso') ? 'dev:turso' : 'dev';
const state = mkdtempSync(join(tmpdir(), 'latchkey-load-'));

/** Milliseconds of each request, by what it was and how it was answered. */
const timings = new Map<string, number[]>();

try {
  const { url, output } = await startService({ state, script });
  const until = Date.now() + CLIENTS * ARRIVAL_MS + DURATION_MS;
  await Promise.all(Array.from({ length: CLIENTS }, (_, number) => runClient(url, number, until)));
  report(output());
} finally {
  await stopAll();
  rmSync(state, { recursive: true, force: true, maxRetries: 10 });
}

/** Somebody who comes in turn, registers once, and then logs in, looks around for a while, refreshing, and logs out, without a pause. */
async function runClient(url: string, number: number, until: number): Promise<void> {
  const { post, get, send } = createClient(url);
  await sleep(number * ARRIVAL_MS);
  const user = { email: `client-${number}@example.org`, password: '123456' };
  await timed('register', post('/auth/register', user));
  while (Date.now() < until) {
    const loggedIn = await timed('login', post('/auth/login', user));
    if (loggedIn.status !== 200) continue;
    const { accessToken, refreshToken } = tokensOf(loggedIn);
    for (let look = 0; look < LOOKS && Date.now() < until; look += 1) {
      await timed('status', get('/auth/status', accessToken));
      await timed('refresh', post('/auth/refresh', { refresh_token: refreshToken }));
      await timed('sessions', get('/auth/sessions', accessToken));
    }
    await timed('logout', send('POST', '/auth/logout', accessToken));
  }
}

async function timed(what: string, request: Promise<Answer>): Promise<Answer> {
  const startedAt = performance.now();
  const answer = await request;
  const key = `${what.padEnd(10)} ${answer.status}`;
  const all = timings.get(key) ?? [];
  timings.set(key, all);
  all.push(performance.now() - startedAt);
  return answer;
}

function report(output: string): void {
  console.log(`\n${CLIENTS} clients, ${DURATION_MS / 1000} s, npm run ${script}\n`);
  console.log('request    status   count   median ms   p99 ms');
  for (const [key, all] of [...timings].toSorted(([a], [b]) => a.localeCompare(b))) {
    const sorted = all.toSorted((a, b) => a - b);
    const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
    console.log(`${key.padEnd(19)}${pad(all.length, 6)}${pad(at(0.5), 12)}${pad(at(0.99), 9)}`);
  }
  const faults = [...timings.keys()].filter((key) => !/ 20[01]$/.test(key));
  console.log(
    faults.length === 0 ? '\nok: every answer as it should be' : `\nnot as it should be: ${faults.join(', ')}`,
  );
  if (faults.length > 0) console.log(output.split('\n').filter(isFailure).slice(0, FAILURES).join('\n'));
  process.exitCode = faults.length === 0 ? 0 : 1;
}

/** Whether `line` is of the service's log, and tells of a request that was refused or failed. */
function isFailure(line: string): boolean {
  return /"status":[45]\d\d/.test(line);
}

function pad(value: number, width: number): string {
  return String(value).padStart(width);
}
