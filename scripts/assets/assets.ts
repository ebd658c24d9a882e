// npm run assets: makes the files that are generated and committed.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Command, parseCommandLine, UsageError } from '../command.ts';
import { generatedFiles } from './generated-files.ts';

export const command: Command = {
  usage: `npm run assets -- [--check]

Makes the files in assets/ that are not written by hand, the table of routes in docs/reference/routes.md, and the modules
in src/crypto/modules, which the Worker loads when they are needed. With --check, writes none, names those that are out of date, and
exits with 1 if there are any.`,

  run: async (args) => {
    const { values, positionals } = parseCommandLine(args, { check: { type: 'boolean' } });
    if (positionals.length > 0) throw new UsageError('This command takes options only.');
    const stale = await findStale();
    if (values.check !== true) return write(stale);
    for (const { file } of stale) console.error(`${file} is out of date: run \`npm run assets\`.`);
    return stale.length > 0 ? 1 : 0;
  },
};

/** The files that are not what they should be, with the right content. */
async function findStale(): Promise<{ file: string; content: Buffer }[]> {
  const stale = [];
  for (const { file, make } of generatedFiles) {
    const content = Buffer.from(await make());
    if (readIfExists(file)?.equals(content) !== true) stale.push({ file, content });
  }
  return stale;
}

function write(stale: { file: string; content: Buffer }[]): void {
  for (const { file, content } of stale) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    console.log(`Wrote ${file}.`);
  }
  if (stale.length === 0) console.log('All files are up to date.');
}

function readIfExists(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
