import { MAX_GZIPPED_BYTES } from '../../../bundle/budget.ts';
import { lessKdf, remembering, withNewTokens } from '../tasks.ts';
import type { Name } from '../contestants.ts';
import type { Results } from '../results.ts';
import { isolateValues, loadValues, type Quantity, ratio } from './figures.ts';
import { format, type Table } from './table.ts';

/** What the service is held to: `measured` is at least, or at most, `limit`. `measured` is missing without figures. */
export type Bar = { what: string; measured: number | undefined; isAtLeast: boolean; limit: number };

/** Whether `bar` holds. One that was not measured does not. */
export function holds({ measured, isAtLeast, limit }: Bar): boolean {
  return measured !== undefined && (isAtLeast ? measured >= limit : measured <= limit);
}

/** The bars, and what `results` say of them. */
export function barsOf(results: Results): Bar[] {
  const values = (task: string, name: Name, quantity: Quantity = 'cpuMicroseconds') =>
    loadValues(results, { task, atOnce: 16, name, quantity });
  const cpu = (task: string, limit: number) =>
    atMost(`CPU of ${task}, times the floor's`, ratio(values(task, 'latchkey'), values(task, 'floor')), limit);
  const theirs = (task: string, limit: number) => [
    atLeast(
      `CPU of Better Auth's ${task}, times ours`,
      ratio(values(task, 'better-auth'), values(task, 'latchkey')),
      limit,
    ),
    atLeast(
      `requests a second of our ${task}, times Better Auth's`,
      ratio(values(task, 'latchkey', 'perSecond'), values(task, 'better-auth', 'perSecond')),
      limit,
    ),
  ];
  const isolate = (task: string, limit: number) =>
    atLeast(
      `time in the isolate of Better Auth's ${task}, times ours`,
      ratio(isolateValues(results, task, 'better-auth'), isolateValues(results, task, 'latchkey')),
      limit,
    );
  const { cpuMs, answerMs } = results.starts;
  const { latchkey: size } = results.bundles.gzippedBytes;
  return [
    ...['verify', 'status', 'refresh', 'logout', lessKdf('login'), lessKdf('register')].map((task) => cpu(task, 1.4)),
    ...remembering.map((operation) => cpu(withNewTokens(operation), 1.4)),
    ...theirs('refresh', 3),
    ...theirs('logout', 3),
    ...theirs('status', 2.2),
    isolate('status', 4),
    isolate('refresh', 4),
    isolate('logout', 3),
    atLeast(
      'requests a second of verify, times those of one KV read of three keys',
      ratio(values('verify', 'latchkey', 'perSecond'), values('kv', 'floor', 'perSecond')),
      0.7,
    ),
    ...(['login', 'register'] as const).map((task) => hashing(results, task)),
    atMost(
      "CPU to the first response, times Better Auth's",
      ratio(cpuMs.latchkey ?? [], cpuMs['better-auth'] ?? []),
      0.67,
    ),
    atMost("first response, times Better Auth's", ratio(answerMs.latchkey ?? [], answerMs['better-auth'] ?? []), 0.67),
    atMost(
      'kilobytes of the bundle, minified and gzipped',
      size === undefined ? undefined : size / 1000,
      MAX_GZIPPED_BYTES / 1000,
    ),
  ];
}

/** Those of `bars` that were measured, as a table. */
export function barTable(bars: Bar[]): Table {
  const measured = bars.filter((bar) => bar.measured !== undefined);
  return {
    title: 'The bars, with 16 clients at once unless a bar has a hash or a first response',
    head: ['', 'measured', 'bar', ''],
    rows: measured.map((bar) => [
      bar.what,
      format(bar.measured, 2),
      `${bar.isAtLeast ? 'at least' : 'at most'} ${bar.limit}`,
      holds(bar) ? 'holds' : 'does not hold',
    ]),
  };
}

/** With the password hash, which takes so long that a twentieth is chance. */
function hashing(results: Results, task: 'login' | 'register'): Bar {
  const values = (name: Name) => loadValues(results, { task, atOnce: 1, name, quantity: 'cpuMicroseconds' });
  return atMost(`CPU of ${task} with its hash, times the floor's`, ratio(values('latchkey'), values('floor')), 1.05);
}

const atMost = (what: string, measured: number | undefined, limit: number): Bar => ({
  what,
  measured,
  isAtLeast: false,
  limit,
});

const atLeast = (what: string, measured: number | undefined, limit: number): Bar => ({
  what,
  measured,
  isAtLeast: true,
  limit,
});
