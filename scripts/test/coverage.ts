// npm run coverage: runs the tests on D1 and writes a report of the lines that they execute.
import { spawnSync } from 'node:child_process';
import { type Command, refuseArguments } from '../command.ts';
import { VITEST } from './vitest.ts';

export const command: Command = {
  usage: `npm run coverage

Runs the tests on D1, and writes which lines of src/ they execute: coverage/index.html, for a browser.`,

  run: (args) => {
    refuseArguments(args);
    const reports = ['text', 'html'].map((reporter) => `--coverage.reporter=${reporter}`);
    const { status } = spawnSync(process.execPath, [VITEST, 'run', '--project', 'd1', '--coverage', ...reports], {
      stdio: 'inherit',
    });
    console.log('\nThe report is coverage/index.html.');
    return status ?? 1;
  },
};
