// npm run load: runs 64 clients at once against the service, and fails unless every response is 200 or 201.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Command, parseCommandLine, UsageError } from '../command.ts';
import { type ServiceResponse, createClient, tokensOf } from '../harness/http-client.ts';
import { startService } from '../harness/service.ts';
import { stopAll } from '../harness/process.ts';

const CLIENTS = 64;
const DURATION_MS = 30_000;

/** Between the arrivals of two clients. All at once would measure how long one processor takes for 64 passwords. */
const ARRIVAL_MS = 100;

/** How often a client uses its session. A login is mostly work for the processor; these are for the database. */
const LOOKS = 10;

/** How many lines of the service's log are shown after a failure. */
const FAILURES = 10;

/** Milliseconds of each request, by its name and the status of its response. */
type Timings = Map<string, number[]>;

export const command: Command = {
  usage: `npm run load -- [--turso]

Starts the service on an empty database, and runs ${CLIENTS} clients against it for ${DURATION_MS / 1000} seconds.
Prints how long the requests took. Fails unless every response is 200 or 201. With --turso, the database is libSQL.`,

  run: async (args) => {
    const { values, positionals } = parseCommandLine(args, { turso: { type: 'boolean', default: false } });
    if (positionals.length > 0) throw new UsageError('This command takes options only.');
    const script = values.turso ? 'dev:turso' : 'dev';
    const state = mkdtempSync(join(tmpdir(), 'latchkey-load-'));
    try {
      const { url, output } = await startService({ state, script });
      const timings: Timings = new Map();
      const until = Date.now() + CLIENTS * ARRIVAL_MS + DURATION_MS;
      await Promise.all(Array.from({ length: CLIENTS }, (_, number) => runClient({ url, number, until, timings })));
      console.log(`\n${CLIENTS} clients, ${DURATION_MS / 1000} s, npm run ${script}\n`);
      return report(timings, output()) ? 0 : 1;
    } finally {
      await stopAll();
      rmSync(state, { recursive: true, force: true, maxRetries: 10 });
    }
  },
};

type Visit = { url: string; number: number; until: number; timings: Timings };

/**
 * A client that arrives in turn, registers once, and then logs in, looks around, refreshes and logs out, without a
 * pause.
 */
async function runClient({ url, number, until, timings }: Visit): Promise<void> {
  const { post, get, send } = createClient(url);
  const timed = (what: string, request: Promise<ServiceResponse>) => measure(timings, what, request);
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

async function measure(timings: Timings, what: string, request: Promise<ServiceResponse>): Promise<ServiceResponse> {
  const startedAt = performance.now();
  const response = await request;
  const key = `${what.padEnd(10)} ${response.status}`;
  const all = timings.get(key) ?? [];
  timings.set(key, all);
  all.push(performance.now() - startedAt);
  return response;
}

/** Prints the timings, and the first failures in the `output` of the service. Returns whether there was none. */
function report(timings: Timings, output: string): boolean {
  console.log('request    status   count   median ms   p99 ms');
  for (const [key, all] of [...timings].toSorted(([a], [b]) => a.localeCompare(b))) {
    const sorted = all.toSorted((a, b) => a - b);
    const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
    console.log(`${key.padEnd(19)}${pad(all.length, 6)}${pad(at(0.5), 12)}${pad(at(0.99), 9)}`);
  }
  const faults = [...timings.keys()].filter((key) => !/ 20[01]$/.test(key));
  console.log(faults.length === 0 ? '\nok: every response is 200 or 201' : `\nfailed: ${faults.join(', ')}`);
  if (faults.length > 0) console.log(output.split('\n').filter(isFailure).slice(0, FAILURES).join('\n'));
  return faults.length === 0;
}

/** Whether `line` is a line of the service's log about a request that was refused or failed. */
function isFailure(line: string): boolean {
  return /"status":[45]\d\d/.test(line);
}

function pad(value: number, width: number): string {
  return String(value).padStart(width);
}
