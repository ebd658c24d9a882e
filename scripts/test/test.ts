// npm test: runs the tests, in two processes at once.
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type { Command } from '../command.ts';
import { VITEST } from './vitest.ts';

export const command: Command = {
  usage: `npm test -- [FILE...] [FLAG...]

Runs the tests on D1 and, beside them, those on libSQL and those of the scripts. Files and flags go to \`vitest run\`:
\`npx vitest --help\` lists them.`,

  /**
   * Runs two vitests, since one runs what shares a runtime one after the other. On two cores, this takes half the time.
   * Only the first measures the coverage.
   */
  run: async (args) => {
    const [first, second] = [
      start(['d1'], args),
      start(
        ['libsql', 'node'],
        args.filter((arg) => !arg.startsWith('--cov')),
      ),
    ];
    // Either may end first.
    const statuses = Promise.all([statusOf(first), statusOf(second)]);
    const output = second.stdout === null ? '' : text(second.stdout);
    const failed = (await statuses).filter((status) => status !== 0);
    process.stdout.write(await output);
    return failed.length > 0 ? 1 : 0;
  },
};

/** Runs the tests of `projects`. The second process is printed when the first has ended. */
function start(projects: string[], args: string[]) {
  const named = projects.flatMap((project) => ['--project', project]);
  const isFiltered = args.some((arg) => !arg.startsWith('-'));
  const flags = isFiltered ? ['--passWithNoTests'] : [];
  const isFirst = projects.includes('d1');
  return spawn(process.execPath, [VITEST, 'run', ...named, ...flags, ...args], {
    stdio: ['ignore', isFirst ? 'inherit' : 'pipe', 'inherit'],
    env: { ...process.env, ...(process.stdout.isTTY && { FORCE_COLOR: '1' }) },
  });
}

function statusOf(child: ReturnType<typeof start>): Promise<number | null> {
  return new Promise((resolve) => child.on('close', resolve));
}
