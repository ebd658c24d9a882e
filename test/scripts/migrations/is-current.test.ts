import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isCurrent } from '../../../scripts/migrations/is-current.ts';

let home: string;
let file: string;
let migrations: { folder: string; table: string };
const databases: DatabaseSync[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'latchkey-current-'));
  file = join(home, 'database.sqlite');
  migrations = { folder: join(home, 'migrations'), table: 'd1_migrations' };
  mkdirSync(migrations.folder);
  addMigration('0000_first.sql');
  addMigration('0001_second.sql');
  writeFileSync(join(migrations.folder, 'notes.txt'), '');
});
afterEach(() => {
  for (const database of databases.splice(0)) database.close();
  rmSync(home, { recursive: true });
});

const addMigration = (name: string) => writeFileSync(join(migrations.folder, name), '');

const record = (...names: string[]) => `
  CREATE TABLE d1_migrations (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
  ${names.map((name) => `INSERT INTO d1_migrations (name) VALUES ('${name}');`).join('\n')}`;

function open(sql: string): void {
  const database = new DatabaseSync(file);
  databases.push(database);
  database.exec(sql);
}

describe('a local database is up to date', () => {
  it('with every migration of the folder, and whatever others it had', () => {
    open(record('0000_first.sql', '0001_second.sql', '0002_of_another_branch.sql'));
    expect(isCurrent(file, migrations)).toBe(true);
  });

  it('while another process has it open and writes', () => {
    open(`PRAGMA journal_mode = WAL; ${record('0000_first.sql', '0001_second.sql')}`);
    open('CREATE TABLE users (id); BEGIN IMMEDIATE; INSERT INTO users VALUES (1)');
    expect(isCurrent(file, migrations)).toBe(true);
  });

  it('after a run that was killed before it wrote its log into the file', () => {
    const sql = `PRAGMA journal_mode = WAL; ${record('0000_first.sql', '0001_second.sql')}`;
    const program = `
      const database = new (require('node:sqlite').DatabaseSync)(process.argv[1]);
      database.exec(process.argv[2]);
      process.kill(process.pid, 'SIGKILL');`;
    spawnSync(process.execPath, ['--input-type=commonjs', '-e', program, file, sql]);
    expect(isCurrent(file, migrations)).toBe(true);
  });
});

describe('a local database may not be up to date', () => {
  it('without one of the migrations', () => {
    open(record('0000_first.sql'));
    expect(isCurrent(file, migrations)).toBe(false);
  });

  it('with a new migration', () => {
    open(record('0000_first.sql', '0001_second.sql'));
    addMigration('0002_third.sql');
    expect(isCurrent(file, migrations)).toBe(false);
  });

  it('while a migration is being applied', () => {
    open(`${record('0000_first.sql')} BEGIN EXCLUSIVE; INSERT INTO d1_migrations (name) VALUES ('0001_second.sql')`);
    expect(isCurrent(file, migrations)).toBe(false);
  });

  it('when its migrations are recorded elsewhere', () => {
    open(record('0000_first.sql', '0001_second.sql'));
    expect(isCurrent(file, { ...migrations, table: 'other' })).toBe(false);
  });

  it('when it does not exist, is no database, or the folder is missing or empty', () => {
    expect(isCurrent(file, migrations)).toBe(false);
    expect(isCurrent(join(home, 'nowhere', 'database.sqlite'), migrations)).toBe(false);
    writeFileSync(file, 'no database');
    expect(isCurrent(file, migrations)).toBe(false);
    rmSync(file);
    open(record('0000_first.sql', '0001_second.sql'));
    rmSync(migrations.folder, { recursive: true });
    expect(isCurrent(file, migrations)).toBe(false);
    mkdirSync(migrations.folder);
    expect(isCurrent(file, migrations)).toBe(false);
  });
});
