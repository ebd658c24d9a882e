import type Database from 'libsql';
import { z } from 'zod';

const schemaRow = z.object({ type: z.string(), name: z.string(), sql: z.string() });

/** SQL that makes everything in `database` anew, in the format of `.dump` in SQLite's shell. */
export function dumpOf(database: Database.Database): string {
  const all = z
    .array(schemaRow)
    .parse(database.prepare('SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid').all([]));
  const tables = all.filter(({ type, name }) => type === 'table' && !name.startsWith('sqlite_'));
  const others = all.filter(({ type }) => type !== 'table');
  return [
    'PRAGMA foreign_keys=OFF;',
    'BEGIN TRANSACTION;',
    ...tables.flatMap(({ name, sql }) => [`${sql};`, ...insertsOf(database, name)]),
    ...others.map(({ sql }) => `${sql};`),
    'COMMIT;',
    '',
  ].join('\n');
}

/** SQLite itself quotes the values. */
function insertsOf(database: Database.Database, table: string): string[] {
  const columns = z
    .array(z.object({ name: z.string() }))
    .parse(database.prepare(`PRAGMA table_info("${table}")`).all([]));
  const values = columns.map(({ name }) => `quote("${name}")`).join(` || ',' || `);
  const rows = database.prepare(`SELECT ${values} FROM "${table}"`).raw(true).all([]);
  return z
    .array(z.tuple([z.string()]))
    .parse(rows)
    .map(([row]) => `INSERT INTO "${table}" VALUES(${row});`);
}
