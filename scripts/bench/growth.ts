// npm run growth: what a million users and sessions change.
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command, Failure, parseCommandLine, UsageError } from '../command.ts';
import { bundleContestants } from './compare/contestants.ts';
import { format } from './compare/report/table.ts';
import { measureCleanUp } from './growth/clean-up.ts';
import { fill } from './growth/fill.ts';
import { type Flatness, growing, measureFlatness, type Sized } from './growth/flatness.ts';
import { listStatements } from './growth/list-statements.ts';
import { explain, type Plan } from './growth/plans.ts';
import { cleanUpTable, flatnessTable, listPlans } from './growth/report.ts';
import { measureLatchkey } from './storage/measure.ts';
import { sqlOf } from './storage/use.ts';

const usual = { sizes: [1000, 10_000, 1_000_000], rounds: 11 };
const quick = { sizes: [1000, 10_000, 100_000], rounds: 5 };
const REQUESTS_EACH = 100;
const DAY_MS = 86_400_000;

export const command: Command = {
  usage: `npm run growth -- [--quick]

Fills local databases with ${usual.sizes.map((users) => format(users)).join(', ')} users and as many sessions, and
measures what operations take at each size. Prints the query plans on the largest, and how the cron deletes as many
ended sessions. Fails if a statement reads a whole table. Takes a quarter of an hour; with --quick, the largest is a
tenth. Needs Linux.`,

  run: async (args) => {
    const { values, positionals } = parseCommandLine(args, { quick: { type: 'boolean', default: false } });
    if (positionals.length > 0) throw new UsageError('This command takes options only.');
    if (process.platform !== 'linux')
      throw new Failure('This command reads processor times from /proc: it needs Linux.');
    const { sizes, rounds } = values.quick ? quick : usual;
    const largest = sizes.at(-1) ?? 0;
    console.log(`${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, Node ${process.versions.node}\n`);
    const { flatness, plans, megabytes } = await measureGrowth(sizes, rounds);
    console.log(`${flatnessTable(sizes, flatness)}\n\nThe largest database has ${format(megabytes)} MB.\n`);
    console.error('cleaning up');
    const cleanUp = await measureCleanUp(largest);
    console.log(`The cron on ${format(largest)} ended sessions:\n\n${cleanUpTable(cleanUp.runs)}\n`);
    const allPlans = [...plans, ...cleanUp.plans];
    console.log(listPlans(allPlans));
    return allPlans.every(({ scans }) => scans.length === 0) ? 0 : 1;
  },
};

type Growth = { flatness: Flatness[]; plans: Plan[]; megabytes: number };

/** Measures what operations take at each of `sizes`. Plans and megabytes are those of the last. */
async function measureGrowth(sizes: number[], rounds: number): Promise<Growth> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-growth-'));
  const started: Sized[] = [];
  try {
    const [latchkey] = await bundleContestants(['latchkey'], { folder });
    if (latchkey === undefined) throw new TypeError('the service is not bundled');
    for (const users of sizes) {
      console.error(`filling a database with ${format(users)} users`);
      const sized = { users, ...(await latchkey.start({ isCheap: true })) };
      started.push(sized);
      await fill(sized.worker.database, { users, endsInMs: 20 * DAY_MS });
    }
    const flatness: Flatness[] = [];
    for (const operation of growing) {
      console.error(`measuring ${operation}`);
      flatness.push(await measureFlatness(operation, started, { rounds, each: REQUESTS_EACH }));
    }
    const database = started.at(-1)?.worker.database;
    if (database === undefined) throw new TypeError('there is no size');
    const { meta } = await database.prepare('SELECT 1').run();
    return { flatness, plans: await explain(database, await findStatements()), megabytes: meta.size_after / 1e6 };
  } finally {
    for (const { worker } of started) await worker.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** The statements of all operations, and of the lists of users and events. */
async function findStatements(): Promise<Set<string>> {
  return new Set([...Object.values(await measureLatchkey()).flatMap(sqlOf), ...listStatements()]);
}
