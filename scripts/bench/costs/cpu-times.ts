import { lessKdf } from '../compare/tasks.ts';
import type { Name } from '../compare/contestants.ts';
import { hashing, type Operation, operations } from '../compare/operations.ts';
import { isolateValues, loadValues, middle } from '../compare/report/figures.ts';
import type { Results } from '../compare/results.ts';

/** CPU time that a request takes in the Worker's isolate, in milliseconds, and which run the numbers are from. */
export type CpuTimes = { from: string } & Record<'latchkey' | 'betterAuth', Partial<Record<Operation, number>>>;

/**
 * The CPU times in the figures of `npm run bench`. It profiles the isolate without the password hash, so the hash is
 * what the process takes more with it.
 */
export function cpuTimesOf(results: Results): CpuTimes {
  const { date, processor, cores, versions } = results.about;
  const named = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return {
    from: `npm run bench on ${date}, on ${processor} with ${cores} cores, ${named.join(', ')}`,
    latchkey: timesOf(results, 'latchkey'),
    betterAuth: timesOf(results, 'better-auth'),
  };
}

function timesOf(results: Results, name: Name): CpuTimes['latchkey'] {
  const processTime = (task: string) =>
    middle(loadValues(results, { task, atOnce: 1, name, quantity: 'cpuMicroseconds' }));
  const times: CpuTimes['latchkey'] = {};
  for (const operation of operations) {
    const isHashing = hashing.includes(operation);
    const task = isHashing ? lessKdf(operation) : operation;
    const isolate = middle(isolateValues(results, task, name));
    const [withHash, without] = isHashing ? [processTime(operation), processTime(task)] : [0, 0];
    if (isolate === undefined || withHash === undefined || without === undefined) continue;
    times[operation] = Math.round((isolate + withHash - without) / 10) / 100;
  }
  return times;
}
