import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@libsql/client/http';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { applyMigrations } from '../../../scripts/libsql/apply-migrations.ts';
import { type LibsqlServer, startLibsqlServer } from '../../../scripts/libsql/server.ts';
import { command } from '../../../scripts/migrations/migrate.ts';
import { call } from '../call.ts';

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

describe('the migrations of a libSQL database', () => {
  it('are applied once, even by two at the same time', async () => {
    const [one, two] = await Promise.all([applyMigrations(connect()), applyMigrations(connect())]);
    expect([...one, ...two].toSorted()).toEqual(files);
    expect(await applyMigrations(connect())).toEqual([]);
    expect(await namesOf('d1_migrations')).toEqual(files.map((name) => ({ name })));
  });

  it('make tables, and no account', async () => {
    await applyMigrations(connect());
    const { rows } = await connect().execute('SELECT count(*) AS users FROM users');
    expect(rows).toEqual([{ users: 0 }]);
  });

  it('leave nothing behind of a file that fails, and continue with it once it is mended', async () => {
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

  it('say that a file may have been applied when nobody can know', async () => {
    writeFileSync(join(folder, '0001_second.sql'), 'CREATE TABLE second (a); COMMIT; INSERT INTO nowhere VALUES (1);');
    await expect(applyMigrations(connect(), folder)).rejects.toThrow(
      /^0001_second\.sql failed, and it may have been applied or not: .*no such table: nowhere/,
    );
    // The response to a COMMIT is lost.
    writeFileSync(join(folder, '0001_second.sql'), 'CREATE TABLE third (a);');
    const loseCommits = async (request: Request) => {
      const isCommit = (await request.clone().text()).includes('COMMIT');
      const response = await fetch(request);
      return isCommit ? Promise.reject(new Error('connection lost')) : response;
    };
    const losing = createClient({ url: server.url, authToken, fetch: loseCommits });
    await expect(applyMigrations(losing, folder)).rejects.toThrow(
      /^0001_second.*may have been applied or not: .*: connection lost/,
    );
    expect(await applyMigrations(connect(), folder)).toEqual([]);
  });

  it('make a table after those that it refers to, so that dumps load', async () => {
    await applyMigrations(connect());
    const { rows } = await connect().execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid");
    const names = rows.map(({ name }) => name);
    expect(names.indexOf('users')).toBeLessThan(names.indexOf('sessions'));
  });
});

describe('npm run db:migrate -- --turso', () => {
  afterEach(() => vi.unstubAllEnvs());

  async function run(env: Record<string, string>, ...flags: string[]) {
    for (const name of ['TURSO_DATABASE_URL', 'TURSO_AUTH_TOKEN']) vi.stubEnv(name, env[name] ?? '');
    const { status, stdout, stderr } = await call(command, '--turso', ...flags);
    return { status, output: stdout + stderr };
  }

  it.each([
    [{}, /^TURSO_DATABASE_URL is not set\.\nusage: /],
    [{ TURSO_DATABASE_URL: 'file:hunter2.db' }, /TURSO_DATABASE_URL must be libsql:/],
    [{ TURSO_DATABASE_URL: 'libsql://a.example', TURSO_AUTH_TOKEN: 'hunter2 hunter2' }, /TURSO_AUTH_TOKEN must be/],
    [{ TURSO_AUTH_TOKEN: 'hunter2' }, /TURSO_AUTH_TOKEN is set, and TURSO_DATABASE_URL is not/],
  ])('says what is wrong with %j, and shows no value', async (env, words) => {
    const { status, output } = await run(env);
    expect(status).toBe(2);
    expect(output).toMatch(words);
    expect(output).not.toContain('hunter2');
  });

  it('takes no other flag', async () => {
    const env = { TURSO_DATABASE_URL: 'libsql://a.example' };
    for (const flag of ['--remote', '--hunter2', 'hunter2']) {
      const { status, output } = await run(env, flag);
      expect(status).toBe(2);
      expect(output).not.toContain('hunter2');
    }
  });

  it('applies the migrations, and says which', async () => {
    const env = { TURSO_DATABASE_URL: server.url, TURSO_AUTH_TOKEN: authToken };
    expect(await run(env)).toEqual({ status: 0, output: `Applied: ${files.join(', ')}\n` });
    expect(await run(env)).toEqual({ status: 0, output: 'Nothing to apply.\n' });
  });

  it('says in a sentence that the database does not respond', async () => {
    const { status, output } = await run({ TURSO_DATABASE_URL: 'http://127.0.0.1:1', TURSO_AUTH_TOKEN: 'hunter2' });
    expect(status).toBe(1);
    expect(output).toMatch(/^The database could not be brought up to date: fetch failed.*\n$/);
    expect(output).not.toContain('hunter2');
  });
});
