// npm run mails:generate: writes the golden files of the mails. The tests hold the mails against them.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, UsageError } from '../command.ts';
import { writeGoldenFiles } from '../../test/support/letters.ts';

const FOLDER = 'test/mail/golden';

export const command: Command = {
  usage: `npm run mails:generate

Writes each mail, in each language, to ${FOLDER}/. Read the difference before you commit it.`,

  run: async (args) => {
    if (args.length > 0) throw new UsageError('This command takes no arguments.');
    const folder = join(import.meta.dirname, '..', '..', FOLDER);
    const files = await writeGoldenFiles();
    for (const file of readdirSync(folder)) if (!files.has(file)) rmSync(join(folder, file));
    for (const [file, text] of files) writeFileSync(join(folder, file), text);
    console.log(`${FOLDER}: ${files.size} files`);
  },
};
