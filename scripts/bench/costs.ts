// npm run costs: what each operation asks of storage, how long callers wait for it, and what it costs.
import { type Command, parseCommandLine, UsageError } from '../command.ts';
import { cpuTimesOf } from './costs/cpu-times.ts';
import { formatCosts, measureCosts } from './costs/report.ts';
import { readFigures } from './documented/figures.ts';
import { writeCostPages } from './documented/pages.ts';
import { continents } from './edge/round-trips.ts';

export const command: Command = {
  usage: `npm run costs -- [--database CONTINENT | --write]

Counts what each operation asks of D1 and KV, here and in Better Auth. Prints with it how long callers on each continent
wait, and what a million requests cost on Cloudflare. The CPU times are from the run of npm run bench that the
documentation is about.
  --database CONTINENT  where the database is: ${continents.join(', ')}; without it, Europe
  --write               writes the tables into docs/reference/costs.md and docs/concepts/databases.md`,

  run: async (args) => {
    const { values, positionals } = parseCommandLine(args, {
      database: { type: 'string' },
      write: { type: 'boolean', default: false },
    });
    if (positionals.length > 0) throw new UsageError('This command takes options only.');
    if (values.write && values.database !== undefined)
      throw new UsageError('The pages are about a database in Europe.');
    const database = continents.find((continent) => continent === (values.database ?? 'Europe'));
    if (database === undefined) throw new UsageError(`A continent is one of ${continents.join(', ')}.`);
    const cpu = cpuTimesOf(readFigures());
    const tables = await measureCosts(cpu, database);
    if (values.write) writeCostPages(tables, cpu);
    console.log(formatCosts(tables, cpu));
  },
};
