// npm run secrets -- FILE: writes fresh secrets for a deployment, for `wrangler deploy --secrets-file FILE`.
import { writeFileSync } from 'node:fs';
import { newSecrets } from './new-secrets.ts';

const [file] = process.argv.slice(2);
if (file === undefined || !file.endsWith('.secrets.json')) {
  console.error('usage: npm run secrets -- NAME.secrets.json (git ignores files with this ending)');
  process.exit(2);
}
try {
  writeFileSync(file, `${JSON.stringify(await newSecrets(), null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  console.log(`${file} written: keep a copy where secrets are kept. Whoever has it can sign tokens.`);
} catch (error) {
  const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
  console.error(exists ? `${file} exists, and is left as it is.` : `${file} could not be written: ${String(error)}`);
  process.exitCode = 1;
}
