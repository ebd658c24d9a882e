import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findMigrationProblems } from '../../../scripts/migrations/check.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'latchkey-check-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const TABLES = `
  CREATE TABLE users (id text PRIMARY KEY NOT NULL, name text, admin integer DEFAULT false NOT NULL CHECK (admin IN (0, 1)));
  CREATE TABLE sessions (id text PRIMARY KEY NOT NULL, user_id text NOT NULL REFERENCES users(id) ON DELETE CASCADE, ends integer);
  CREATE TABLE invitations (code integer PRIMARY KEY, by_id text REFERENCES users(id) ON DELETE SET NULL);
  CREATE UNIQUE INDEX users_name ON users (name);`;

const REBUILD_USERS = `PRAGMA foreign_keys=OFF;
  CREATE TABLE __new_users (id text PRIMARY KEY NOT NULL, name text, admin integer);
  INSERT INTO __new_users SELECT * FROM users;
  DROP TABLE users;
  ALTER TABLE __new_users RENAME TO users;
  PRAGMA foreign_keys=ON;`;

/** The problems of a migration that comes after `TABLES`. */
function problemsOf(sql: string): string[] {
  writeFileSync(join(folder, '0000_tables.sql'), TABLES);
  writeFileSync(join(folder, '0001_next.sql'), sql);
  return findMigrationProblems(folder);
}

it('accepts every migration of the project', () => {
  expect(findMigrationProblems('migrations')).toEqual([]);
});

describe('a migration', () => {
  it.each([
    ['adds columns', 'ALTER TABLE users ADD a text; ALTER TABLE sessions ADD b integer DEFAULT 0 NOT NULL;'],
    ['renames a table', 'ALTER TABLE invitations RENAME TO invites;'],
    ['renames a column', 'ALTER TABLE users RENAME COLUMN name TO nickname;'],
    [
      'rebuilds a table that nothing refers to',
      'CREATE TABLE n AS SELECT * FROM sessions; DROP TABLE sessions; ALTER TABLE n RENAME TO sessions;',
    ],
    [
      'fills a column',
      'UPDATE users SET name = id WHERE name IS NULL; -- no DELETE FROM users /* DELETE FROM users */',
    ],
    ['has no statement', '-- Custom SQL migration file\n'],
  ])('is accepted when it %s', (_, sql) => {
    expect(problemsOf(sql)).toEqual([]);
  });

  it.each([
    ['drops a table', 'DROP TABLE sessions;', 'sessions'],
    ['drops a column', 'DROP INDEX users_name; ALTER TABLE users DROP COLUMN name;', 'users.name'],
    [
      'drops a column and adds another one, which is not a rename',
      'ALTER TABLE sessions ADD until integer DEFAULT 0 NOT NULL; ALTER TABLE sessions DROP COLUMN ends;',
      'sessions.ends',
    ],
    ['deletes from the same table under a longer name', "DELETE FROM main.users WHERE name = 'nobody';", 'users'],
    ['deletes from the same table in other quotes', "DELETE/**/FROM 'USERS' WHERE name = 'nobody';", 'users'],
    [
      'copies another table than the one that it drops',
      'CREATE TABLE n AS SELECT * FROM users; DROP TABLE sessions;',
      'sessions',
    ],
    [
      'copies only the rows of some times',
      'CREATE TABLE n AS SELECT * FROM sessions WHERE ends < 1000 OR ends IS NULL; DROP TABLE sessions; ALTER TABLE n RENAME TO sessions;',
      'sessions',
    ],
    ['rebuilds a table that others refer to', REBUILD_USERS, 'invitations.by_id, sessions'],
    [
      'copies only some rows',
      'CREATE TABLE n AS SELECT * FROM sessions WHERE ends > 2; DROP TABLE sessions; ALTER TABLE n RENAME TO sessions;',
      'sessions',
    ],
    [
      'forgets to copy a column',
      'CREATE TABLE n (id, user_id, ends); INSERT INTO n (id, user_id) SELECT id, user_id FROM sessions; DROP TABLE sessions; ALTER TABLE n RENAME TO sessions;',
      'sessions.ends',
    ],
    ['deletes rows, if there are any', "DELETE FROM `users` WHERE name = 'nobody';", 'users'],
    ['empties a column', 'UPDATE users SET name = NULL;', 'users.name'],
  ])('is refused when it %s, unless it declares it', (_, sql, lost) => {
    expect(problemsOf(sql)).toEqual([`0001_next.sql loses what is in ${lost}.`]);
    expect(problemsOf(`-- loses: ${lost}\n${sql}`)).toEqual([]);
    expect(problemsOf(`-- loses: ${lost}\r\n${sql}`)).toEqual([]);
  });

  it('is refused when it declares a loss that does not happen', () => {
    expect(problemsOf('-- loses: sessions\nALTER TABLE users ADD a text;')).toEqual([
      '0001_next.sql declares that it loses sessions, but does not.',
    ]);
    expect(problemsOf('-- loses: users\nDROP TABLE sessions;')).toHaveLength(2);
  });

  it.each([
    ['a new column has no default', 'ALTER TABLE users ADD a text NOT NULL;', 'NOT NULL'],
    [
      'a column may be NULL that must not be',
      'CREATE TABLE n (id text, name text NOT NULL); INSERT INTO n SELECT id, name FROM users;',
      'n.name',
    ],
    ['it ends its transaction', 'CREATE TABLE n (a); COMMIT;', 'no transaction is active'],
    ['a statement is not SQL', 'CREATE TABLES;', 'syntax error'],
  ])('is refused when %s', (_, sql, words) => {
    const [problem, ...others] = problemsOf(sql);
    expect(problem).toMatch(/^0001_next\.sql fails when the tables hold rows: /);
    expect(problem).toContain(words);
    expect(others).toEqual([]);
  });
});
