import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { createClient } from '../harness/http-client.ts';

const run = promisify(execFile);

const KNOWN = join(import.meta.dirname, '..', '..', 'test', 'crypto', 'legacy', 'known-answers.json');
const SCRIPTS = join(import.meta.dirname, '..', 'run.js');

const known = z
  .array(z.object({ scheme: z.string(), password: z.string(), hash: z.string() }))
  .parse(JSON.parse(readFileSync(KNOWN, 'utf8')));

const USERS = 10_000;
/** As PostgreSQL writes a time without a zone: the hour number `of` of 2015. */
const hour = (of: number) => new Date(Date.UTC(2015, 0, 1, of)).toISOString().slice(0, 19).replace('T', ' ');

/**
 * Imports ten thousand users of the Flask tutorial with bcrypt of cost 13, twice, and one user of each other scheme; lets
 * some of them log in twice with their old passwords. `folder` takes the files.
 */
export async function importTutorialUsers(url: string, folder: string): Promise<void> {
  const tutorial = known.find(({ hash }) => hash.startsWith('$2b$13$'));
  assert.ok(tutorial !== undefined);
  const users = join(folder, 'users.csv');
  const rows = Array.from({ length: USERS }, (_, i) => `${i + 1},flask${i}@example.com,${tutorial.hash},${hour(i)},f`);
  writeFileSync(users, ['id,email,password,registered_on,admin', ...rows, ''].join('\n'));
  assert.match(await script('import', users, '--from', 'flask', '--url', url), /^Imported 10,000 users\./);
  assert.match(await script('import', users, '--from', 'flask', '--url', url), /10,000 were there already/);

  // Firebase needs the parameters of its project.
  const others = [...Map.groupBy(known, ({ scheme }) => scheme).values()]
    .flatMap((answers) => answers.slice(0, 1))
    .filter(({ scheme }) => scheme !== 'firebase-scrypt');
  const lines = join(folder, 'others.ndjson');
  const addressOf = (scheme: string) => `${scheme}@example.com`;
  const toLine = ({ scheme, hash }: { scheme: string; hash: string }) =>
    JSON.stringify({ email: addressOf(scheme), password_hash: hash });
  writeFileSync(lines, others.map(toLine).join('\n'));
  await script('import', lines, '--url', url);

  const client = createClient(url);
  const credentials = [
    ...['flask0@example.com', 'Flask9999@Example.com'].map((email) => ({ email, password: tutorial.password })),
    ...others.map(({ scheme, password }) => ({ email: addressOf(scheme), password })),
  ];
  for (const user of [...credentials, ...credentials]) {
    // One after the other, as people come.
    // oxlint-disable-next-line no-await-in-loop
    await client.logIn(user);
  }
  const left = await script('user', 'stats', '--url', url);
  assert.match(left, /bcrypt +9,998/);
  assert.doesNotMatch(left, /scrypt +1|pbkdf2 +1/);
  console.log('ok: imported users log in with their old passwords, and have new hashes afterwards');
}

async function script(name: string, ...args: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [SCRIPTS, `ops/${name}`, ...args]);
  return stdout;
}
