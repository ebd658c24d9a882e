// npm run bench: what each operation costs, beside the least that it could cost and beside Better Auth.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command, Failure } from '../command.ts';
import { bundleContestants, type Name, names } from './compare/contestants.ts';
import { measure } from './compare/measure.ts';
import { type Operation, operations } from './compare/operations.ts';
import { printProfile } from './compare/print-profile.ts';
import { drawChart } from './compare/report/chart.ts';
import { formatMarkdown, formatReport } from './compare/report/report.ts';
import { type Results, results } from './compare/results.ts';
import { stopWorkers } from './compare/workers.ts';
import { cpuTimesOf } from './costs/cpu-of-bench.ts';
import { reportCosts } from './costs/report.ts';
import { type BenchOptions, parseOptions, printsCosts } from './options.ts';

export const command: Command = {
  usage: `npm run bench -- [--quick] [--only OPERATIONS] [--json FILE] [--chart FILE.svg] [--markdown] [--from FILE]
       npm run bench -- --profile OPERATION [--of NAME]

Runs the production bundle beside a floor, which makes the same calls of storage and cryptography and nothing else, and
beside Better Auth. Prints what each operation costs, and which bars hold; then what it asks of storage, how long callers
wait for it, and what a million requests cost. Uses the loopback only. Takes half an hour, with --quick less than five
minutes. Fails when a request gets a wrong status.

  --only OPERATIONS    measures some operations only, with commas, and prints nothing of storage, waiting and money
  --json FILE          also writes all figures, of every round, for --from and for npm run costs -- --from
  --chart FILE.svg     also draws the CPU time of the operations
  --markdown           prints the tables of the bench for the documentation, and no others
  --from FILE          measures nothing, and prints the tables of the bench from what --json has written
  --profile OPERATION  prints where an operation spends its time instead: ${operations.join(', ')}
  --of NAME            whose operation: ${names.join(', ')}`,

  run: async (args) => {
    const options = parseOptions(args);
    const { profile, from, json, chart, isMarkdown } = options;
    if (profile !== undefined) {
      await inFolder((folder) => profileIn(folder, profile));
      return;
    }
    const found = from === undefined ? await inFolder((folder) => measureIn(folder, options)) : read(from);
    if (json !== undefined) writeFileSync(json, `${JSON.stringify(found, undefined, 1)}\n`);
    if (chart !== undefined) writeFileSync(chart, drawChart(found));
    console.log(isMarkdown ? formatMarkdown(found) : formatReport(found));
    if (printsCosts(options)) console.log(`\n${await reportCosts(cpuTimesOf(found))}`);
  },
};

/** Progress goes to the standard error, so that the tables can be redirected. */
function measureIn(folder: string, { isQuick, only = [] }: BenchOptions): Promise<Results> {
  return measure({ isQuick, only }, { folder, tell: (progress) => console.error(progress) });
}

async function profileIn(folder: string, { operation, name }: { operation: Operation; name: Name }): Promise<void> {
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
