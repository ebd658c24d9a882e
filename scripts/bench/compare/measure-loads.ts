import type { Case } from './cases.ts';
import type { Name, Started } from './contestants.ts';
import { type Run, runLoad } from './load.ts';
import type { Measurement } from './measurement.ts';
import type { Seat } from './operations.ts';
import type { Results } from './results.ts';
import { inTurn, mostRequests, type Settings } from './settings.ts';

type Services = Map<Name, Started>;

type Timing = Pick<Settings, 'rounds' | 'runMs' | 'warmUpMs'>;

/** One contestant at one row, and what its rounds took. */
type Lane = { row: Case; started: Started; runs: Run[] };

/**
 * Runs every row under each load, after a warm-up. In each round, everybody runs at all rows about an operation, one
 * after the other, so that they share what else the machine does.
 */
export async function measureLoads({ contestants, cases, settings, tell }: Measurement): Promise<Results['loads']> {
  const results: Results['loads'] = [];
  for (const [isCheap, rows] of Map.groupBy(cases, (row) => row.isCheap)) {
    const services: Services = new Map();
    for (const { name, start } of contestants) services.set(name, await start({ isCheap }));
    const timing = { ...settings, runMs: isCheap ? settings.runMs : settings.hashingRunMs };
    for (const [operation, together] of Map.groupBy(rows, ({ about }) => about)) {
      for (const atOnce of isCheap ? settings.loads : settings.hashingLoads) {
        tell(`${operation}${isCheap ? '' : ' with its hash'}, ${atOnce} at once`);
        results.push(...(await measureTogether(together, services, atOnce, timing)));
      }
    }
    for (const { service } of services.values()) await service.stop();
  }
  return results;
}

async function measureTogether(
  rows: Case[],
  services: Services,
  atOnce: number,
  { rounds, runMs, warmUpMs }: Timing,
): Promise<Results['loads']> {
  const lanes = rows.flatMap((row) => row.of.flatMap((name) => laneOf(row, services.get(name))));
  const kept = new Map<Lane, Seat[]>();
  for (let round = -1; round < rounds; round += 1) {
    const forMs = round < 0 ? warmUpMs : runMs;
    for (const lane of inTurn(lanes, Math.max(round, 0))) {
      const { mostPerSecond, seats } = lane.row;
      const each = mostRequests(forMs, atOnce, mostPerSecond ?? Infinity);
      const prepared = kept.get(lane) ?? (await seats(lane.started, { atOnce, each }));
      if (mostPerSecond === undefined) kept.set(lane, prepared);
      const run = await runLoad(lane.started.service, prepared, { each, forMs });
      if (round >= 0) lane.runs.push(run);
    }
  }
  return rows.map((row) => {
    const own = lanes.filter((lane) => lane.row === row);
    const runs = Object.fromEntries(own.map(({ started, runs }) => [started.service.name, runs]));
    return { name: row.name, atOnce, runs };
  });
}

const laneOf = (row: Case, started: Started | undefined): Lane[] =>
  started === undefined ? [] : [{ row, started, runs: [] }];
