// npm run attack: counts the guesses that get through in a day, and fails unless the documentation says the same.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@libsql/client/http';
import { type Command, refuseArguments } from '../command.ts';
import { applyMigrations } from '../libsql/apply-migrations.ts';
import { startLibsqlServer } from '../libsql/server.ts';
import { newSecrets } from '../secrets/fresh.ts';
import { openLibsql } from '../../src/store/libsql.ts';
import { createLogins } from '../../src/store/logins.ts';
import { attacks, countGuesses } from './guesses.ts';

const page = readFileSync(
  join(import.meta.dirname, '..', '..', 'docs', 'concepts', 'guessing-and-floods.md'),
  'utf8',
).replaceAll(/ +/g, ' ');

export const command: Command = {
  usage: `npm run attack

Guesses passwords at full speed, with the service's own statements on an empty database and a clock that is put forward.
Prints how many guesses get through in a day. Fails unless docs/concepts/guessing-and-floods.md says the same.`,

  run: async (args) => {
    refuseArguments(args);
    const folder = mkdtempSync(join(tmpdir(), 'latchkey-attack-'));
    const authToken = randomBytes(32).toString('base64url');
    const server = await startLibsqlServer({ file: join(folder, 'latchkey.db'), authToken });
    try {
      await attack({ url: server.url, authToken });
    } finally {
      await server.stop();
      rmSync(folder, { recursive: true });
    }
  },
};

async function attack({ url, authToken }: { url: string; authToken: string }): Promise<void> {
  const client = createClient({ url, authToken });
  await applyMigrations(client);
  const database = openLibsql({ url, authToken }, { deadlineMs: 10_000 });
  const { SECRET_KEY: secretKey } = await newSecrets();
  const findRetryAt = async () => {
    const { rows } = await client.execute('SELECT max(retry_at) AS at FROM login_attempts');
    return Number(rows[0]?.['at'] ?? 0);
  };

  const setting = { logins: createLogins(database), findRetryAt, secretKey };
  console.log('Guesses that get through on the first day, and on each later day:\n');
  for (const [name, guess] of Object.entries(attacks)) {
    await client.execute('DELETE FROM login_attempts');
    const first = await countGuesses(setting, guess, { start: new Date('2026-01-01T00:00:00Z'), hours: 24 });
    const second = await countGuesses(setting, guess, { start: new Date('2026-01-02T00:00:00Z'), hours: 24 });
    console.log(`  ${name.padEnd(40)} ${String(first).padStart(5)} ${String(second).padStart(5)}`);
    assert.ok(
      page.includes(`| ${name} | ${first} | ${second} |`),
      'docs/concepts/guessing-and-floods.md says otherwise',
    );
  }
}
