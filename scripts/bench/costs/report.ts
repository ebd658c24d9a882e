import { formatTable, type Table } from '../compare/report/table.ts';
import type { Continent } from '../edge/round-trips.ts';
import { assumptions, latencyTable } from '../edge/table.ts';
import { measureBetterAuth, measureLatchkey } from '../storage/measure.ts';
import { storageTable } from '../storage/table.ts';
import type { CpuTimes } from './cpu-times.ts';
import { costTable } from './table.ts';

/**
 * What operations ask of storage, and the latencies and costs that follow from it: by the heading of
 * docs/reference/costs.md.
 */
export type CostTables = Map<string, Table>;

/** The heading in docs/concepts/databases.md that has a part of the latencies. */
export const PLACEMENT = '## Where the Worker runs';

/** Counts what operations ask of storage, with `cpu` and a database in `database`. */
export async function measureCosts(cpu: CpuTimes, database: Continent): Promise<CostTables> {
  const latchkey = { name: 'Latchkey', use: await measureLatchkey(), cpuMs: cpu.latchkey };
  const betterAuth = { name: 'Better Auth', use: await measureBetterAuth(), cpuMs: cpu.betterAuth };
  return new Map([
    ['## What an operation asks of storage', storageTable(latchkey.use, betterAuth.use)],
    ['### Latchkey', costTable(latchkey)],
    ['### Better Auth', costTable(betterAuth)],
    [`### Latchkey's latency`, latencyTable(latchkey, database)],
    [`### Better Auth's latency`, latencyTable(betterAuth, database)],
  ]);
}

/** Counts, and returns all tables with what they assume. */
export async function reportCosts(cpu: CpuTimes, database: Continent = 'Europe'): Promise<string> {
  return formatCosts(await measureCosts(cpu, database), cpu);
}

/** `tables`, with what they assume. */
export function formatCosts(tables: CostTables, { from }: CpuTimes): string {
  const texts = Array.from(tables.values(), (table) => `${table.title}\n\n${formatTable(table)}`);
  const prices = `Prices: scripts/bench/costs/prices.ts, beyond what the plan includes. CPU: ${from}.`;
  return [...texts, assumptions, prices].join('\n\n');
}

/** The part of `tables` that advises on placement. */
export function placementTables(tables: CostTables): CostTables {
  const all = tables.get(`### Latchkey's latency`) ?? { title: '', head: [], rows: [] };
  const columns = ['', 'Europe', 'North America', 'Asia'].map((head) => all.head.indexOf(head));
  const pick = (row: string[]) => columns.map((column) => row[column] ?? '');
  const rows = ['verify', 'status', 'logout', 'login'].flatMap((name) => all.rows.filter(([first]) => first === name));
  return new Map([[PLACEMENT, { title: '', head: pick(all.head), rows: rows.map(pick) }]]);
}

/** `page` with the table under each heading replaced by that of `tables`. */
export function fillPage(page: string, tables: CostTables): string {
  let filled = page;
  for (const [heading, table] of tables) {
    const place = new RegExp(`(\\n${heading}\\n(?:(?!\\n#|\\n\\|)[^])*\\n)(?:\\|.*\\n)+`);
    if (!place.test(filled)) throw new TypeError(`the page has no table under ${heading}`);
    filled = filled.replace(place, (_, before: string) => `${before}${formatTable(table)}\n`);
  }
  return filled;
}
