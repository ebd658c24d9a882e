// npm run bench: what each operation costs, beside the least that it could cost and beside Better Auth.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command, parseCommandLine, UsageError } from '../command.ts';
import { bundleContestants, names } from './compare/contestants.ts';
import { operations } from './compare/operations.ts';
import { printProfile } from './compare/print-profile.ts';

export const command: Command = {
  usage: `npm run bench -- [--profile OPERATION] [--of NAME]

Measures.`,

  run: async (args) => {
    const { values, positionals } = parseCommandLine(args, {
      profile: { type: 'string' },
      of: { type: 'string', default: 'latchkey' },
    });
    if (positionals.length > 0) throw new UsageError('This command takes options only.');
    const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
    try {
      const operation = operations.find((known) => known === values.profile);
      const name = names.find((known) => known === values.of);
      if (operation === undefined || name === undefined) throw new UsageError('There is no such operation or Worker.');
      const [contestant] = await bundleContestants([name], { folder, isReadable: true });
      if (contestant !== undefined) await printProfile(contestant, operation);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
