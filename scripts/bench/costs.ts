// npm run costs: what each operation asks of storage, how long callers wait for it, and what it costs.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, parseCommandLine, UsageError } from '../command.ts';
import { results } from './compare/results.ts';
import { cpuTimesOf } from './costs/cpu-of-bench.ts';
import { readCpuTimes } from './costs/cpu-times.ts';
import { type CostTables, fillPage, formatCosts, measureCosts, placementTables } from './costs/report.ts';
import { continents } from './edge/round-trips.ts';

const CPU_TIMES = join(import.meta.dirname, 'costs', 'cpu-times.json');
const DOCS = join(import.meta.dirname, '..', '..', 'docs');

export const command: Command = {
  usage: `npm run costs -- [--database CONTINENT | --write] [--from FILE]

Counts what each operation asks of D1 and KV, here and in Better Auth. Prints with it how long callers on each continent
wait, and what a million requests cost on Cloudflare.
  --database CONTINENT  where the database is: ${continents.join(', ')}; without it, Europe
  --write               writes the tables into docs/reference/costs.md and docs/concepts/databases.md
  --from FILE           takes the CPU times from the figures that npm run bench -- --json has written, and keeps them
                        for the next time in scripts/bench/costs/cpu-times.json`,

  run: async (args) => {
    const { values, positionals } = parseCommandLine(args, {
      database: { type: 'string' },
      write: { type: 'boolean', default: false },
      from: { type: 'string' },
    });
    if (positionals.length > 0) throw new UsageError('This command takes options only.');
    if (values.write && values.database !== undefined)
      throw new UsageError('The pages are about a database in Europe.');
    const database = continents.find((continent) => continent === (values.database ?? 'Europe'));
    if (database === undefined) throw new UsageError(`A continent is one of ${continents.join(', ')}.`);
    if (values.from !== undefined) keepCpuTimes(values.from);
    const cpu = readCpuTimes(CPU_TIMES);
    const tables = await measureCosts(cpu, database);
    if (values.write) {
      writeTables(join(DOCS, 'reference', 'costs.md'), tables);
      writeTables(join(DOCS, 'concepts', 'databases.md'), placementTables(tables));
    }
    console.log(formatCosts(tables, cpu));
  },
};

function writeTables(page: string, tables: CostTables): void {
  writeFileSync(page, fillPage(readFileSync(page, 'utf8'), tables));
}

/** Keeps the CPU times in the figures of the bench in `file`. */
function keepCpuTimes(file: string): void {
  const cpu = cpuTimesOf(results.parse(JSON.parse(readFileSync(file, 'utf8'))));
  writeFileSync(CPU_TIMES, `${JSON.stringify(cpu, undefined, 2)}\n`);
}
