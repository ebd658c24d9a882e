// npm test [-- files and flags of vitest]: the tests on D1, and beside them those on libSQL and of the scripts, as a second
// process: vitest runs what shares a runtime one after the other, and this takes half of the time where there are two cores.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';

const VITEST = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');

const args = process.argv.slice(2);
const isFiltered = args.some((arg) => !arg.startsWith('-'));

const [first, second] = [
  start(['d1'], args),
  start(
    ['libsql', 'node'],
    args.filter((arg) => !arg.startsWith('--cov')),
  ),
];
const output = second.stdout === null ? '' : text(second.stdout);
const failed = [await statusOf(first), await statusOf(second)].filter((status) => status !== 0);
process.stdout.write(await output);
process.exitCode = failed.length > 0 ? 1 : 0;

/** Runs the tests of `projects`. What the second ones print is kept until the first ones are done. */
function start(projects: string[], rest: string[]) {
  const named = projects.flatMap((project) => ['--project', project]);
  const flags = isFiltered ? ['--passWithNoTests'] : [];
  const isFirst = projects.includes('d1');
  return spawn(process.execPath, [VITEST, 'run', ...named, ...flags, ...rest], {
    stdio: ['ignore', isFirst ? 'inherit' : 'pipe', 'inherit'],
    env: { ...process.env, ...(process.stdout.isTTY && { FORCE_COLOR: '1' }) },
  });
}

function statusOf(child: ReturnType<typeof start>): Promise<number | null> {
  return new Promise((resolve) => child.on('close', resolve));
}
