// npm run assets: makes the files that are generated and committed.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Command, parseCommandLine, UsageError } from '../command.ts';
import { generatedFiles } from './generated-files.ts';

export const command: Command = {
  usage: `npm run assets -- [--check]

Makes the files in assets/ that are not written by hand, and the table of routes in docs/reference/routes.md. With
--check, writes none, names those that are out of date, and exits with 1 if there are any.`,

  run: async (args) => {
    const { values, positionals } = parseCommandLine(args, { check: { type: 'boolean' } });
    if (positionals.length > 0) throw new UsageError('This command takes options only.');
    const stale = await findStale();
    if (values.check !== true) return write(stale);
    for (const { file } of stale) console.error(`${file} is out of date: run \`npm run assets\`.`);
    return stale.length > 0 ? 1 : 0;
  },
};

/** The files that are not what they should be, with the right text. */
async function findStale(): Promise<{ file: string; text: string }[]> {
  const stale = [];
  for (const { file, make } of generatedFiles) {
    const text = await make();
    if (text !== readIfExists(file)) stale.push({ file, text });
  }
  return stale;
}

function write(stale: { file: string; text: string }[]): void {
  for (const { file, text } of stale) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    console.log(`Wrote ${file}.`);
  }
  if (stale.length === 0) console.log('All files are up to date.');
}

function readIfExists(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
