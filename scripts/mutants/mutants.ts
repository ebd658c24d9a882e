// npm run mutants [-- --list] [-- --only PATTERN] [-- --jobs N]: breaks the service in one place at a time, in a copy of the
// working tree, and runs the tests that have to fail for it. Exits with 1 when a mutant lives or is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Mutant, mutate } from './mutant.ts';
import { mutants } from './list/all.ts';
import { runTests } from './run-tests.ts';
import { copyTree } from './tree-copy.ts';

/** For one mutant. An edit that makes the service wait for ever must not hold up the run. */
const LIMIT_MS = 180_000;

const { values } = parseArgs({
  options: { list: { type: 'boolean' }, only: { type: 'string', default: '' }, jobs: { type: 'string', default: '2' } },
});
const chosen = mutants.filter(({ file, breaks }) => new RegExp(values.only, 'i').test(`${file} ${breaks}`));
if (chosen.length === 0) {
  console.error('no mutant has that pattern in its file or its sentence');
  process.exit(2);
}

if (values.list) for (const { file, breaks } of chosen) console.log(`${file}: ${breaks}`);
else process.exitCode = (await runAll(chosen)) ? 0 : 1;

/** Whether all of `all` died. */
async function runAll(all: Mutant[]): Promise<boolean> {
  const folders = Array.from({ length: Math.max(1, Number(values.jobs)) }, copyTree);
  const [first = ''] = folders;
  console.log('The tests have to pass without a mutant first.');
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

/** `died` is what all should do. After `error` no test has failed: the edit is no program. */
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
