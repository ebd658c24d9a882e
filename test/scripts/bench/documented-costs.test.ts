import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { format } from '../../../scripts/bench/compare/report/table.ts';
import { costPerMillion } from '../../../scripts/bench/costs/cost.ts';
import { cpuTimesOf } from '../../../scripts/bench/costs/cpu-times.ts';
import { readFigures } from '../../../scripts/bench/documented/figures.ts';
import { nameRun } from '../../../scripts/bench/documented/pages.ts';
import { latencyMs } from '../../../scripts/bench/edge/latency.ts';
import { type Continent, continents } from '../../../scripts/bench/edge/round-trips.ts';
import type { StorageCall, StorageUse } from '../../../scripts/bench/storage/use.ts';

/** The rows of the first table under `heading` of a page, by their first cell. */
function readTable(page: string, heading: string): Map<string, string[]> {
  const text = readFileSync(page, 'utf8').split(`\n${heading}\n`)[1] ?? '';
  const [table = ''] = /(?:^\|.*\n)+/m.exec(text) ?? [];
  const rows = table.split('\n').slice(2, -1);
  return new Map(
    rows.map((row) => {
      const [name = '', ...cells] = row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      return [name.replace(/^`.* \/o?auth\/(\w+)`$/, '$1'), cells] as const;
    }),
  );
}

const cpuTimes = cpuTimesOf(readFigures());

const COSTS = 'docs/reference/costs.md';
const storage = readTable(COSTS, '## What an operation asks of storage');

/**
 * What `operation` asks of storage as the page says it: reads and writes of KV beside the first trip, if there is one.
 */
function documentedUse(operation: string, side: 0 | 1) {
  const [trips = 0, , rowsRead = 0, rowsWritten = 0, kvReads = 0, kvWrites = 0] = (storage.get(operation) ?? []).map(
    (cell) => Number.parseInt(cell.split(' / ')[side] ?? '', 10),
  );
  const kv: StorageCall[] = [
    ...(kvReads > 0 ? [{ kind: 'kv-read', keys: 3 } as const] : []),
    ...(kvWrites > 0 ? [{ kind: 'kv-write' } as const] : []),
  ];
  const trip: StorageCall = { kind: 'database', sql: [], rowsRead, rowsWritten };
  const waves: StorageUse = Array.from({ length: Math.max(trips, 1) }, (_, wave) => [
    ...(trips > 0 ? [trip] : []),
    ...(wave === 0 ? kv : []),
  ]);
  return { waves, trips, use: { rowsRead, rowsWritten, kvKeys: 3 * kvReads, kvWrites } };
}

const sides = [
  { name: 'Latchkey', side: 0, cpuMs: cpuTimes.latchkey },
  { name: 'Better Auth', side: 1, cpuMs: cpuTimes.betterAuth },
] as const;

/** "without / with placement", for each of `callers`. */
function latencies(waves: StorageUse, cpuMs: number, callers: readonly Continent[]): string[] {
  const ms = (caller: Continent, worker: 'caller' | 'database') =>
    Math.round(latencyMs({ waves, cpuMs }, { caller, database: 'Europe', worker }));
  return callers.map((caller) => `${ms(caller, 'caller')} / ${ms(caller, 'database')}`);
}

describe.each(sides)('docs/reference/costs.md, about $name,', ({ name, side, cpuMs }) => {
  it.each(Object.entries(cpuMs))('states what the prices and counts make of %s', (operation, cpuMs) => {
    const cost = costPerMillion({ ...documentedUse(operation, side).use, cpuMs });
    const dollars = [cost.requests, cost.cpu, cost.kv, cost.database, cost.total].map((each) => format(each, 2));
    expect(readTable(COSTS, `### ${name}`).get(operation)).toEqual([format(cpuMs, 1), ...dollars]);
  });

  it.each(Object.entries(cpuMs))('states what the model makes of %s', (operation, cpuMs) => {
    const { waves } = documentedUse(operation, side);
    expect(readTable(COSTS, `### ${name}'s latency`).get(operation)).toEqual(latencies(waves, cpuMs, continents));
  });
});

it('names the run that its CPU times are from', () => {
  const page = readFileSync(COSTS, 'utf8');
  expect(nameRun(page, cpuTimes)).toBe(page);
});

it('counts as many trips as the table of round trips', () => {
  const roundTrips = readTable('docs/reference/routes.md', '## Round trips');
  for (const operation of storage.keys()) {
    expect(`${documentedUse(operation, 0).trips}`, operation).toBe(roundTrips.get(operation)?.[0]);
  }
});

it('has the same latencies where the guide advises on placement', () => {
  const rows = readTable('docs/concepts/databases.md', '## Where the Worker runs');
  const costs = readTable(COSTS, `### Latchkey's latency`);
  expect(rows.size).toBe(4);
  for (const [operation, cells] of rows) {
    const [europe, northAmerica, , asia] = costs.get(operation) ?? [];
    expect(cells, operation).toEqual([europe, northAmerica, asia]);
  }
});
