// npm run attack: how often passwords can be guessed in a day, on the service's own statements and an empty database. Fails
// when it is not what docs/concepts/guessing-and-floods.md says.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@libsql/client/http';
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

const folder = mkdtempSync(join(tmpdir(), 'latchkey-attack-'));
const authToken = randomBytes(32).toString('base64url');
const server = await startLibsqlServer({ file: join(folder, 'latchkey.db'), authToken });
try {
  const client = createClient({ url: server.url, authToken });
  await applyMigrations(client);
  const database = openLibsql({ url: server.url, authToken }, { deadlineMs: 10_000 });
  const { SECRET_KEY: secretKey } = await newSecrets();
  const findRetryAt = async () => {
    const { rows } = await client.execute('SELECT max(retry_at) AS at FROM login_attempts');
    return Number(rows[0]?.['at'] ?? 0);
  };

  const setting = { logins: createLogins(database), findRetryAt, secretKey };
  console.log('Guesses that come through on the first day, and on each day after it:\n');
  for (const [name, attack] of Object.entries(attacks)) {
    await client.execute('DELETE FROM login_attempts');
    const first = await countGuesses(setting, attack, { start: new Date('2026-01-01T00:00:00Z'), hours: 24 });
    const second = await countGuesses(setting, attack, { start: new Date('2026-01-02T00:00:00Z'), hours: 24 });
    console.log(`  ${name.padEnd(40)} ${String(first).padStart(5)} ${String(second).padStart(5)}`);
    assert.ok(
      page.includes(`| ${name} | ${first} | ${second} |`),
      'docs/concepts/guessing-and-floods.md says otherwise',
    );
  }
} finally {
  await server.stop();
  rmSync(folder, { recursive: true });
}
