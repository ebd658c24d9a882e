import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@libsql/client/http';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyMigrations } from '../../../scripts/libsql/apply-migrations.ts';
import { type LibsqlServer, startLibsqlServer } from '../../../scripts/libsql/server.ts';

const authToken = 'secret-token';
const folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
const files = readdirSync('migrations').filter((file) => file.endsWith('.sql'));

let server: LibsqlServer;
const connect = () => createClient({ url: server.url, authToken });
const namesOf = async (table: string) => (await connect().execute(`SELECT name FROM ${table} ORDER BY name`)).rows;

beforeEach(async () => {
  server = await startLibsqlServer({ file: ':memory:', authToken });
});
afterEach(() => server.stop());
afterAll(() => rmSync(folder, { recursive: true }));

describe('migrations of a libSQL database', () => {
  it('are applied once, by whoever comes first', async () => {
    const [one, two] = await Promise.all([applyMigrations(connect()), applyMigrations(connect())]);
    expect([...one, ...two].toSorted()).toEqual(files);
    expect(await applyMigrations(connect())).toEqual([]);
    expect(await namesOf('d1_migrations')).toEqual(files.map((name) => ({ name })));
  });

  it('make tables, and no account in them', async () => {
    await applyMigrations(connect());
    const { rows } = await connect().execute('SELECT count(*) AS users FROM users');
    expect(rows).toEqual([{ users: 0 }]);
  });

  it('leave nothing behind of a file that fails, and go on with it when it is mended', async () => {
    writeFileSync(join(folder, '0000_first.sql'), 'CREATE TABLE first (a);');
    writeFileSync(join(folder, '0001_second.sql'), 'CREATE TABLE second (a); INSERT INTO nowhere VALUES (1);');
    writeFileSync(join(folder, 'notes.txt'), 'no SQL');
    await expect(applyMigrations(connect(), folder)).rejects.toThrow(
      /^0001_second\.sql failed, and nothing of it was applied: .*no such table: nowhere/,
    );
    expect(await namesOf("sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")).toEqual([
      { name: 'd1_migrations' },
      { name: 'first' },
    ]);
    expect(await namesOf('d1_migrations')).toEqual([{ name: '0000_first.sql' }]);
    writeFileSync(join(folder, '0001_second.sql'), 'CREATE TABLE second (a);--> statement-breakpoint\nSELECT 1;');
    expect(await applyMigrations(connect(), folder)).toEqual(['0001_second.sql']);
  });

  it('do not say that nothing was applied when it is not known', async () => {
    writeFileSync(join(folder, '0001_second.sql'), 'CREATE TABLE second (a); COMMIT; INSERT INTO nowhere VALUES (1);');
    await expect(applyMigrations(connect(), folder)).rejects.toThrow(
      /^0001_second\.sql failed, and it may have been applied or not: .*no such table: nowhere/,
    );
    // The answer to a COMMIT is lost.
    writeFileSync(join(folder, '0001_second.sql'), 'CREATE TABLE third (a);');
    const loseCommits = async (request: Request) => {
      const isCommit = (await request.clone().text()).includes('COMMIT');
      const answer = await fetch(request);
      return isCommit ? Promise.reject(new Error('connection lost')) : answer;
    };
    const losing = createClient({ url: server.url, authToken, fetch: loseCommits });
    await expect(applyMigrations(losing, folder)).rejects.toThrow(
      /^0001_second.*may have been applied or not: .*: connection lost/,
    );
    expect(await applyMigrations(connect(), folder)).toEqual([]);
  });

  it('put tables behind those that they refer to, so that dumps load', async () => {
    await applyMigrations(connect());
    const { rows } = await connect().execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid");
    const names = rows.map(({ name }) => name);
    expect(names.indexOf('users')).toBeLessThan(names.indexOf('sessions'));
  });
});

describe('npm run db:migrate -- --turso', () => {
  function run(env: Record<string, string>, ...flags: string[]) {
    const options = {
      encoding: 'utf8',
      env: { ...process.env, TURSO_DATABASE_URL: '', TURSO_AUTH_TOKEN: '', ...env },
    } as const;
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['scripts/migrations/migrate.ts', '--turso', ...flags],
      options,
    );
    return { status, output: stdout + stderr };
  }

  it.each([
    [{}, /^usage: /],
    [{ TURSO_DATABASE_URL: 'file:hunter2.db' }, /TURSO_DATABASE_URL must be libsql:/],
    [{ TURSO_DATABASE_URL: 'libsql://a.example', TURSO_AUTH_TOKEN: 'hunter2 hunter2' }, /TURSO_AUTH_TOKEN must be/],
    [{ TURSO_AUTH_TOKEN: 'hunter2' }, /TURSO_AUTH_TOKEN is set, and TURSO_DATABASE_URL is not/],
  ])('says what is wrong with %j, and shows no value', (env, words) => {
    const { status, output } = run(env);
    expect(status).toBe(2);
    expect(output).toMatch(words);
    expect(output).not.toContain('hunter2');
  });

  it('takes no further flags, and says so when nobody answers', () => {
    expect(run({ TURSO_DATABASE_URL: 'libsql://a.example' }, '--remote')).toMatchObject({ status: 2 });
    const { status, output } = run({ TURSO_DATABASE_URL: 'http://127.0.0.1:1', TURSO_AUTH_TOKEN: 'hunter2' });
    expect(status).toBe(1);
    expect(output).toMatch(/^The database could not be brought up to date: fetch failed/);
    expect(output).not.toMatch(/hunter2| {4}at /);
  });
});
