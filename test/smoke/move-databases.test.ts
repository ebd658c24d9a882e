import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@libsql/client/http';
import Database from 'libsql';
import { afterAll, expect, it } from 'vitest';
import { z } from 'zod';
import { applyMigrations } from '../../scripts/libsql/apply-migrations.ts';
import { startLibsqlServer } from '../../scripts/libsql/server.ts';
import { WRANGLER } from '../../scripts/wrangler/cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-moving-'));
afterAll(() => rmSync(folder, { recursive: true }));

const authToken = 'secret-token';

/** What docs/how-to/move-databases.md removes from a dump, because D1 makes a transaction of the file by itself. */
const FRAME = '/^(PRAGMA foreign_keys=OFF|BEGIN TRANSACTION|COMMIT);$/d';

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** User agents that are hard to copy. A header cannot hold a line break. */
const userAgents = [
  'Mozilla/5.0 (X11; Linux x86_64) "quoted" \\n \\\\ %s ?1',
  "'); DROP TABLE users; -- it''s",
  'שלום עולם · Ελλάς · 日本語 · e\u0301 é',
  '👩‍👩‍👧‍👦 🔑 \u{1F1E6}\u{1F1F9} \u2028\u2029\uFEFF\u200B\u00A0\u0001\u007F',
  '',
];

const USERS = 'users (id, email, password_hash, admin, registered_at, disabled_at)';
const SESSIONS =
  'sessions (id, user_id, generation, started_at, expires_at, revoked_at, rotated_at, shared, address_prefix, country, user_agent)';

const seed = [
  `INSERT INTO ${USERS} VALUES('u1','joe@gmail.com','$pbkdf2-sha256$i=600000,c=6$c2FsdA$aGFzaA',0,1795500000000,NULL);`,
  `INSERT INTO ${USERS} VALUES('u2',${quoted("jörg.o'neil+🔑@xn--bcher-kva.example")},'hash',1,1795500000001,1795500000002);`,
  ...userAgents.map(
    (userAgent, i) =>
      `INSERT INTO ${SESSIONS} VALUES('s${i}','u${(i % 2) + 1}',${i},${i},9007199254740991,NULL,${i + 1},${i % 2},'203.0.113.0/24','AT',${quoted(userAgent)});`,
  ),
  `INSERT INTO ${SESSIONS} VALUES('s9','u1',0,1,2,3,NULL,0,NULL,NULL,NULL);`,
].join('\n');

/** A folder with a D1 database of its own, and wrangler's commands for it. */
function openD1(name: string) {
  const home = join(folder, name);
  mkdirSync(home);
  cpSync('wrangler.toml', join(home, 'wrangler.toml'));
  cpSync('migrations', join(home, 'migrations'), { recursive: true });
  return {
    d1: (...args: string[]) => {
      const all = [WRANGLER, 'd1', ...args, '--local', '--config', join(home, 'wrangler.toml')];
      const env = { ...process.env, CI: 'true', WRANGLER_SEND_METRICS: 'false' };
      const { status, stdout, stderr } = spawnSync(process.execPath, all, { encoding: 'utf8', env });
      expect(status, stdout + stderr).toBe(0);
    },
    file: () => {
      const files = join(home, '.wrangler/state/v3/d1/miniflare-D1DatabaseObject');
      return join(files, String(readdirSync(files).find((each) => /^[0-9a-f]+\.sqlite$/.test(each))));
    },
  };
}

/** Every row of the database in `file`. SQLite writes each value in a way that shows its type. */
function rowsIn(file: string) {
  const database = new Database(file);
  const all = (sql: string) => z.array(z.array(z.string())).parse(database.prepare(sql).raw(true).all([]));
  const read = (table: string) => {
    const columns = all(`SELECT 'quote("' || name || '")' FROM pragma_table_info('${table}')`);
    return all(`SELECT ${columns.join(', ')} FROM ${table} ORDER BY 1`);
  };
  const rows = { users: read('users'), sessions: read('sessions'), d1_migrations: read('d1_migrations') };
  database.close();
  return rows;
}

it('moves from D1 to libSQL and back with the tools of both, and keeps every row', { timeout: 300_000 }, async () => {
  const from = openD1('from');
  from.d1('migrations', 'apply', 'DB');
  const database = new Database(from.file());
  database.exec(seed);
  database.close();
  from.d1('export', 'DB', '--output', join(folder, 'from-d1.sql'));
  const rows = rowsIn(from.file());
  expect([rows.users.length, rows.sessions.length]).toEqual([2, 6]);

  const file = join(folder, 'latchkey.db');
  const server = await startLibsqlServer({ file, authToken });
  const client = createClient({ url: server.url, authToken });
  await client.executeMultiple(readFileSync(join(folder, 'from-d1.sql'), 'utf8'));
  expect(await applyMigrations(client)).toEqual([]);
  const dump = await fetch(`${server.url}/dump`, { headers: { authorization: `Bearer ${authToken}` } });
  const { stdout } = spawnSync('sed', ['-E', FRAME], { encoding: 'utf8', input: await dump.text() });
  expect(stdout).not.toMatch(/^BEGIN/m);
  writeFileSync(join(folder, 'from-libsql.sql'), stdout);
  await server.stop();
  expect(rowsIn(file)).toEqual(rows);

  const to = openD1('to');
  to.d1('execute', 'DB', '--file', join(folder, 'from-libsql.sql'));
  expect(rowsIn(to.file())).toEqual(rows);
});
