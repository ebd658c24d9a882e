// npm run secrets -- FILE | replace SECRET_KEY FILE: makes the secrets of a deployment, or replaces one of them.
import { existsSync } from 'node:fs';
import { type Command, Failure, parseCommandLine, UsageError } from '../command.ts';
import { readReplaceable, replaceFile, writeNewFile } from '../secrets/file.ts';
import { newSecrets } from '../secrets/fresh.ts';
import { parseJsonSecrets } from '../secrets/parse.ts';
import { Unreadable, wordsOf } from '../secrets/unreadable.ts';

export const command: Command = {
  usage: `npm run secrets -- NAME.secrets.json
       npm run secrets -- replace SECRET_KEY FILE

Writes fresh secrets for \`npx wrangler deploy --secrets-file NAME.secrets.json\`. Git ignores files with this ending.
With \`replace\`, puts a fresh SECRET_KEY into FILE and keeps the other secrets.`,

  run: async (args) => {
    const { positionals } = parseCommandLine(args, {});
    const [first = '', name, file = ''] = positionals;
    const isReplacement = first === 'replace' && name === 'SECRET_KEY' && positionals.length === 3;
    const isNew = first.endsWith('.secrets.json') && positionals.length === 1;
    if (!isReplacement && !isNew) throw new UsageError('Give the name of a new file, or what to replace.');
    try {
      await (isReplacement ? replaceSecretKey(file) : write(first));
    } catch (error) {
      if (error instanceof Failure) throw error;
      const exitCode = error instanceof Unreadable ? 2 : 1;
      throw new Failure(`The file of secrets ${wordsOf(error)}. Nothing was changed.`, exitCode);
    }
  },
};

async function write(file: string): Promise<void> {
  if (existsSync(file)) throw new Failure(`${file} exists. Nothing was changed.`);
  writeNewFile(file, `${JSON.stringify(await newSecrets(), null, 2)}\n`);
  console.log(`${file} written. Keep a copy in a safe place: whoever has it can sign tokens.`);
}

async function replaceSecretKey(file: string): Promise<void> {
  const bytes = readReplaceable(file);
  if (bytes === undefined) throw new Unreadable('does not exist');
  const { SECRET_KEY } = await newSecrets();
  replaceFile(file, `${JSON.stringify({ ...parseJsonSecrets(bytes), SECRET_KEY }, null, 2)}\n`);
  console.log(`${file} has a fresh SECRET_KEY. Refresh tokens signed with the old one stay valid until you have done this:

1. Deploy: npx wrangler deploy --secrets-file ${file}
2. Revoke all sessions: docs/how-to/after-a-leak.md, "SECRET_KEY".
3. Replace your copy of this file.`);
}
