// npm run bench: what each operation costs, beside the least that it could cost and beside Better Auth.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command, Failure, parseCommandLine, UsageError } from '../command.ts';
import { bundleContestants, type Name, names } from './compare/contestants.ts';
import { measure } from './compare/measure.ts';
import { type Operation, operations } from './compare/operations.ts';
import { printProfile } from './compare/print-profile.ts';
import { drawChart } from './compare/report/chart.ts';
import { formatMarkdown, formatReport } from './compare/report/report.ts';
import { type Results, results } from './compare/results.ts';
import { stopWorkers } from './compare/services.ts';
import { cpuTimesOf } from './costs/cpu-of-bench.ts';
import { reportCosts } from './costs/report.ts';

export const command: Command = {
  usage: `npm run bench -- [--quick] [--only OPERATIONS] [--json FILE] [--chart FILE.svg] [--markdown] [--from FILE]
       npm run bench -- --profile OPERATION [--of NAME]

Runs the production bundle beside a floor, which makes the same calls of storage and cryptography and nothing else, and
beside Better Auth. Prints what each operation costs, and which bars hold. Uses the loopback only. Takes half an hour, with
--quick less than five minutes. Fails when a request gets a wrong status.

  --only OPERATIONS    measures some operations only, with commas
  --json FILE          also writes all figures, of every round
  --chart FILE.svg     also draws the CPU time of the operations
  --markdown           prints the tables for the documentation
  --from FILE          measures nothing, and uses the figures that --json has written
  --profile OPERATION  prints where an operation spends its time instead: ${operations.join(', ')}
  --of NAME            whose operation: ${names.join(', ')}`,

  run: async (args) => {
    const { values, positionals } = parseCommandLine(args, {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      json: { type: 'string' },
      chart: { type: 'string' },
      markdown: { type: 'boolean', default: false },
      from: { type: 'string' },
      profile: { type: 'string' },
      of: { type: 'string', default: 'latchkey' },
    });
    if (positionals.length > 0) throw new UsageError('This command takes options only.');
    if (values.profile !== undefined) {
      const profiled = { operation: oneOf(operations, values.profile), name: oneOf(names, values.of) };
      await inFolder((folder) => profile(profiled, folder));
      return;
    }
    const found = values.from === undefined ? await inFolder((folder) => run(folder, values)) : read(values.from);
    if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(found, undefined, 1)}\n`);
    if (values.chart !== undefined) writeFileSync(values.chart, drawChart(found));
    console.log(values.markdown ? formatMarkdown(found) : formatReport(found));
    const isWhole = values.only === undefined && values.from === undefined && !values.markdown;
    if (isWhole) console.log(await reportCosts(cpuTimesOf(found)));
  },
};

/** Progress goes to the standard error, so that the tables can be redirected. */
async function run(folder: string, { quick: isQuick, only }: { quick: boolean; only: string }): Promise<Results> {
  const wanted = only === '' ? [] : only.split(',').map((name) => oneOf(operations, name));
  return measure({ isQuick, only: wanted }, { folder, tell: (progress) => console.error(progress) });
}

async function profile({ operation, name }: { operation: Operation; name: Name }, folder: string): Promise<void> {
  const [contestant] = await bundleContestants([name], { folder, isReadable: true });
  if (contestant !== undefined) await printProfile(contestant, operation);
}

function read(file: string): Results {
  const { success, data } = results.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!success) throw new Failure(`${file} does not hold the figures of this bench.`);
  return data;
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
  try {
    return await work(folder);
  } finally {
    await stopWorkers();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

function oneOf<const T extends string>(known: readonly T[], value: string): T {
  const found = known.find((each) => each === value);
  if (found === undefined) throw new UsageError(`Choose one of ${known.join(', ')}.`);
  return found;
}
