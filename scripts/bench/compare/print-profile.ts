import type { Contestant } from './contestants.ts';
import { findHotFunctions, type HotFunction, sourcesOf } from './hot-functions.ts';
import { isolateTime } from './isolate-time.ts';
import { hashing, type Operation } from './operations.ts';
import { profileOperation } from './profile.ts';

const LOAD = { atOnce: 16, each: 100 };

/** How many functions are printed. */
const SHOWN = 40;

/**
 * Prints in which packages and functions of a readable bundle `operation` spends its time, in microseconds a request.
 */
export async function printProfile({ name, bundle, start }: Contestant, operation: Operation): Promise<void> {
  const contestant = await start({ isCheap: hashing.includes(operation), isInspected: true });
  const profile = await profileOperation(contestant, operation, LOAD);
  await contestant.worker.stop();
  const requests = LOAD.atOnce * LOAD.each;
  const each = (time: number) => String(Math.round((time / requests) * 10) / 10).padStart(8);
  const { functions, packages } = findHotFunctions(profile, sourcesOf(String(bundle.modules[0]?.contents ?? '')));
  const line = ({ self, total, name, place }: HotFunction) =>
    console.log(`${each(self)} ${each(total)}  ${name}  ${place}`);

  console.log(`${name}, ${operation}: ${each(isolateTime(profile)).trim()} microseconds a request in the isolate.`);
  console.log('All figures are microseconds a request. A function without a name has its line in the bundle.\n');
  for (const [name, time] of packages) console.log(`${each(time)}  ${name}`);
  console.log('\n    self    total  function, the longest by itself first');
  functions.slice(0, SHOWN).forEach(line);
  console.log('\n    self    total  function, the longest with what it called first');
  functions
    .toSorted((a, b) => b.total - a.total)
    .slice(0, SHOWN)
    .forEach(line);
}
