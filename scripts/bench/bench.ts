// npm run bench: what each operation costs, beside the least that it could cost and beside Better Auth.
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from '../command.ts';
import { bundleContestants, type Name, names } from './compare/contestants.ts';
import { measure } from './compare/measure.ts';
import { type Operation, operations } from './compare/operations.ts';
import { printProfile } from './compare/print-profile.ts';
import { drawChart } from './compare/report/chart.ts';
import { formatMarkdown, formatReport } from './compare/report/report.ts';
import type { Results } from './compare/results.ts';
import { stopWorkers } from './compare/workers.ts';
import { cpuTimesOf } from './costs/cpu-times.ts';
import { measureCosts, reportCosts } from './costs/report.ts';
import { keepFigures, readFigures } from './documented/figures.ts';
import { writeCostPages, writePerformancePage } from './documented/pages.ts';
import { type BenchOptions, parseOptions, printsCosts } from './options.ts';

export const command: Command = {
  usage: `npm run bench -- [--quick] [--only OPERATIONS] [--json FILE] [--chart FILE.svg] [--markdown] [--write]
       npm run bench -- --from FILE [--chart FILE.svg] [--markdown] [--write]
       npm run bench -- --profile OPERATION [--of NAME]

Runs the production bundle beside a floor, which makes the same calls of storage and cryptography and nothing else, and
beside Better Auth. Prints what each operation costs, and which bars hold; then what it asks of storage, how long
callers wait for it, and what a million requests cost. Uses the loopback only. Takes half an hour, with --quick less
than five minutes. Fails when a request gets a wrong status.

  --only OPERATIONS    measures some operations only, with commas, and prints nothing of storage, waiting and money
  --json FILE          also writes all figures, of every round, for --from
  --chart FILE.svg     also draws the CPU time of the operations
  --markdown           prints the tables of the bench for the documentation, and no others
  --from FILE          measures nothing, and prints the tables of the bench from what --json has written
  --write              makes these figures those of the documentation: docs/reference/performance.md with its chart,
                       docs/reference/costs.md, docs/concepts/databases.md, scripts/bench/documented/figures.json
  --profile OPERATION  prints where an operation spends its time instead: ${operations.join(', ')}
  --of NAME            whose operation: ${names.join(', ')}`,

  run: async (args) => {
    const options = parseOptions(args);
    const { profile, from, json, chart, isMarkdown, isWritten } = options;
    if (profile !== undefined) {
      await inFolder((folder) => profileIn(folder, profile));
      return;
    }
    // Half an hour later would be too late to find out that a file cannot be written.
    for (const file of [json, chart]) if (file !== undefined) closeSync(openSync(file, 'a'));
    const found = from === undefined ? await inFolder((folder) => measureIn(folder, options)) : readFigures(from);
    if (isWritten) await document(found);
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

/** Writes all pages that name figures of the bench, so that they are about one run. */
async function document(found: Results): Promise<void> {
  const kept = keepFigures(found);
  writePerformancePage(kept);
  const cpu = cpuTimesOf(kept);
  writeCostPages(await measureCosts(cpu, 'Europe'), cpu);
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
  const clear = () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  process.once('SIGINT', () => {
    clear();
    process.exit(130);
  });
  try {
    return await work(folder);
  } finally {
    await stopWorkers();
    clear();
  }
}
