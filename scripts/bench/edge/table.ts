import { operations } from '../compare/operations.ts';
import type { Table } from '../compare/report/table.ts';
import type { CpuTimes } from '../costs/cpu-times.ts';
import type { MeasuredUse } from '../storage/measure.ts';
import { latencyMs } from './latency.ts';
import { assumedMs, type Continent, continents } from './round-trips.ts';

type Side = { name: string; use: MeasuredUse; cpuMs: CpuTimes['latchkey'] };

/** What a caller on each continent waits: with the Worker near the caller / near the database. */
export function latencyTable({ name, use, cpuMs }: Side, database: Continent): Table {
  const rows = operations.flatMap((operation) => {
    const waves = use[operation];
    if (waves === undefined) return [];
    const ms = (caller: Continent, worker: 'caller' | 'database') =>
      Math.round(latencyMs({ waves, cpuMs: cpuMs[operation] ?? 0 }, { caller, database, worker }));
    return [[operation, ...continents.map((caller) => `${ms(caller, 'caller')} / ${ms(caller, 'database')}`)]];
  });
  const places = `database in ${database}, Worker near the caller / near the database`;
  return { title: `${name}: milliseconds to the response, ${places}`, head: ['', ...continents], rows };
}

/** What the model assumes. */
export const assumptions = [
  `Assumed, in milliseconds: from the caller to the nearest location and back ${assumedMs.access};`,
  `within a continent ${assumedMs.sameContinent};`,
  `from a Worker near the database to it and back ${assumedMs.besideDatabase};`,
  `a read of KV that the location has cached ${assumedMs.kvRead}; a write of KV ${assumedMs.kvWrite}.`,
  'Nothing waits in a queue, and isolates and connections are open.',
  'Times between continents: scripts/bench/edge/round-trips.ts.',
].join('\n');
