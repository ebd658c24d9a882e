import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@libsql/client/http';

/** A file that could not be applied. `outcome` says what that means for the database. */
export class MigrationError extends Error {
  constructor(file: string, outcome: string, cause: unknown) {
    super(`${file} failed, and ${outcome}: ${cause instanceof Error ? cause.message : 'unknown'}`, { cause });
    this.name = 'MigrationError';
  }
}

const UNDONE = 'nothing of it was applied';
const UNKNOWN = 'it may have been applied or not: run this again, and look into the table d1_migrations';

/** The table of `wrangler d1 migrations apply`, so that a database can move between D1 and libSQL with it. */
const RECORD =
  'CREATE TABLE IF NOT EXISTS d1_migrations(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)';

/**
 * Applies the SQL files of `folder`, or those in `files`, that the database has no record of, in the order of their
 * names, and returns those names. Each file is one transaction with its record. Rejects with `MigrationError` at the
 * first file that fails.
 */
export async function applyMigrations(
  client: Client,
  folder = 'migrations',
  files: string[] = filesIn(folder),
): Promise<string[]> {
  await client.execute(RECORD);
  const applied: string[] = [];
  for (const file of files.toSorted()) {
    if (await apply(client, file, readFileSync(join(folder, file), 'utf8'))) applied.push(file);
  }
  return applied;
}

/** The SQL files of `folder` that the database has no record of, in the order of their names. Changes nothing. */
export async function findPendingMigrations(client: Client, folder = 'migrations'): Promise<string[]> {
  const { rows: tables } = await client.execute("SELECT 1 FROM sqlite_schema WHERE name = 'd1_migrations'");
  const { rows } = tables.length > 0 ? await client.execute('SELECT name FROM d1_migrations') : { rows: [] };
  const applied = new Set(rows.map(({ name }) => name));
  return filesIn(folder).filter((file) => !applied.has(file));
}

const filesIn = (folder: string) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .toSorted();

/** Returns `false` when there is a record of the file, perhaps of a migration at the same time. */
async function apply(client: Client, file: string, sql: string): Promise<boolean> {
  const transaction = await client.transaction('write');
  let outcome = UNDONE;
  try {
    const { rows } = await transaction.execute({ sql: 'SELECT 1 FROM d1_migrations WHERE name = ?', args: [file] });
    if (rows.length > 0) {
      await transaction.rollback();
      return false;
    }
    await transaction.executeMultiple(sql);
    await transaction.execute({ sql: 'INSERT INTO d1_migrations (name) VALUES (?)', args: [file] });
    outcome = UNKNOWN;
    await transaction.commit();
    return true;
  } catch (error) {
    const isUndone = await transaction.rollback().then(
      () => true,
      () => false,
    );
    throw new MigrationError(file, isUndone ? outcome : UNKNOWN, error);
  }
}
