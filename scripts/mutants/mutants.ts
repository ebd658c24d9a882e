// npm run mutants: checks that the tests fail when the service is broken, one place at a time.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, Failure, parseCommandLine, UsageError } from '../command.ts';
import { mutants } from './list/all.ts';
import { type Mutant, mutate } from './mutant.ts';
import { runTests } from './run-tests.ts';
import { copyTree } from './tree-copy.ts';

/** For one mutant. An edit may make the service wait for ever. */
const LIMIT_MS = 180_000;

export const command: Command = {
  usage: `npm run mutants -- [--list] [--only PATTERN] [--jobs NUMBER]

Breaks the service in one place at a time, in a copy of the working tree, and runs the tests that must fail for it.
Exits with 1 when a mutant lives or is stale.
  --list          only lists the mutants
  --only PATTERN  only mutants with this regular expression in their file or their sentence
  --jobs NUMBER   how many to run at once; 2 by default`,

  run: async (args) => {
    const { values, positionals } = parseCommandLine(args, {
      list: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      jobs: { type: 'string', default: '2' },
    });
    const jobs = Number(values.jobs);
    if (positionals.length > 0) throw new UsageError('This command takes options only.');
    if (!Number.isInteger(jobs) || jobs < 1) throw new UsageError('--jobs takes a whole number from 1 on.');
    const pattern = parsePattern(values.only);
    const chosen = mutants.filter(({ file, breaks }) => pattern.test(`${file} ${breaks}`));
    if (chosen.length === 0) throw new Failure('No mutant has this pattern in its file or its sentence.', 2);
    if (!values.list) return (await runAll(chosen, jobs)) ? 0 : 1;
    for (const { file, breaks } of chosen) console.log(`${file}: ${breaks}`);
    return 0;
  },
};

function parsePattern(text: string): RegExp {
  try {
    return new RegExp(text, 'i');
  } catch {
    throw new UsageError('--only takes a regular expression.');
  }
}

/** Whether all of `all` died. */
async function runAll(all: Mutant[], jobs: number): Promise<boolean> {
  const folders = Array.from({ length: jobs }, copyTree);
  const [first = ''] = folders;
  console.log('Without a mutant, the tests must pass. Running them first.');
  const tests = [...new Set(all.flatMap((mutant) => mutant.tests))];
  const baseline = await runTests(first, tests, { limitMs: 10 * LIMIT_MS });
  if (baseline.result !== 'passed') {
    console.error(`They do not: ${baseline.result}\n${baseline.output}`);
    return false;
  }

  const queue = [...all];
  const verdicts: string[] = [];
  const work = async (folder: string) => {
    for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
      const verdict = await judge(folder, mutant);
      verdicts.push(verdict);
      console.log(`${verdict.padEnd(6)} ${mutant.file}: ${mutant.breaks}`);
    }
  };
  await Promise.all(folders.map(work));

  const counts = Map.groupBy(verdicts, (verdict) => verdict);
  console.log(`\n${Array.from(counts, ([verdict, { length }]) => `${length} ${verdict}`).join(', ')}`);
  return verdicts.every((verdict) => verdict === 'died');
}

/** Every mutant should have `died`. `error` means that no test failed, but vitest did: the edit does not compile. */
async function judge(folder: string, mutant: Mutant): Promise<'died' | 'lived' | 'stale' | 'late' | 'error'> {
  const path = join(folder, mutant.file);
  const source = readFileSync(path, 'utf8');
  const mutated = mutate(source, mutant);
  if (mutated === undefined) return 'stale';
  writeFileSync(path, mutated);
  try {
    const { result } = await runTests(folder, mutant.tests, { limitMs: LIMIT_MS });
    if (result === 'failed') return 'died';
    return result === 'passed' ? 'lived' : result;
  } finally {
    writeFileSync(path, source);
  }
}
