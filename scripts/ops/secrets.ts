// npm run secrets -- FILE: writes fresh secrets for a deployment, for `wrangler deploy --secrets-file FILE`.
// npm run secrets -- replace SECRET_KEY FILE: puts a fresh SECRET_KEY into that file.
import { existsSync, writeFileSync } from 'node:fs';
import { newSecrets } from '../secrets/fresh.ts';
import { parseJsonSecrets } from '../secrets/parse.ts';
import { readReplaceable, replaceFile } from '../secrets/file.ts';
import { Unreadable, wordsOf } from '../secrets/unreadable.ts';

const USAGE = `usage: npm run secrets -- NAME.secrets.json (git ignores files with this ending)
       npm run secrets -- replace SECRET_KEY FILE`;

const args = process.argv.slice(2);
const [first, name, file] = args;
try {
  if (args.length === 1 && first?.endsWith('.secrets.json') === true) await write(first);
  else if (args.length === 3 && first === 'replace' && name === 'SECRET_KEY') await replaceSecretKey(file ?? '');
  else {
    console.error(USAGE);
    process.exitCode = 2;
  }
} catch (error) {
  console.error(`The file of secrets ${wordsOf(error)}. Nothing was changed.`);
  process.exitCode = error instanceof Unreadable ? 2 : 1;
}

async function write(file: string): Promise<void> {
  if (existsSync(file)) {
    console.error(`${file} exists, and is left as it is.`);
    process.exitCode = 1;
    return;
  }
  writeFileSync(file, `${JSON.stringify(await newSecrets(), null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  console.log(`${file} written: keep a copy where secrets are kept. Whoever has it can sign tokens.`);
}

async function replaceSecretKey(file: string): Promise<void> {
  const bytes = readReplaceable(file);
  if (bytes === undefined) throw new Unreadable('does not exist');
  const { SECRET_KEY } = await newSecrets();
  replaceFile(file, `${JSON.stringify({ ...parseJsonSecrets(bytes), SECRET_KEY }, null, 2)}\n`);
  console.log(`${file} has a fresh SECRET_KEY. Refresh tokens of the old one are in force until you have done this:

1. Deploy: npx wrangler deploy --secrets-file ${file}
2. Revoke all sessions: docs/how-to/after-a-leak.md, "SECRET_KEY".
3. Replace the copy that you keep of this file.`);
}
