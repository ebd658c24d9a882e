import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { columnsOf, fillTables, tablesOf } from './made-up-rows.ts';
import { readMarks } from './marks.ts';

/** The number of values in each column of a table, and the values, sorted as text. */
type Columns = Map<string, { count: number; values: string }>;

/** The number of rows in each table, and its columns. */
type Holdings = Map<string, { rows: number; columns: Columns }>;

/** What to do about a problem. */
const ADVICE = `D1 always enforces foreign keys, whatever PRAGMA says. So dropping a table deletes the rows that refer to it, and drizzle-kit drops
a table to rebuild it. A new column that may be NULL, or has a default, needs no rebuild. docs/how-to/migrations.md shows how to
rebuild a table and keep the rows. A file that loses rows on purpose names the tables in a comment at its top:
-- loses: TABLE, TABLE.COLUMN`;

/** The problems of the migrations in `folders`, and what to do about them. Empty when there are none. */
export function describeMigrationProblems(...folders: string[]): string {
  const problems = folders.flatMap(findMigrationProblems);
  return problems.length === 0 ? '' : `${problems.join('\n')}\n\n${ADVICE}\n`;
}

/**
 * Finds SQL files in `folder` that lose rows or values without declaring it, fail on rows, or have unclear marks. Applies the files, in the
 * order of their names, to a database in memory whose tables are filled with made-up rows before each file. Each file
 * is a transaction with foreign keys on, as in D1, so `PRAGMA foreign_keys = OFF` has no effect.
 */
export function findMigrationProblems(folder: string): string[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.sql'));
  const database = new DatabaseSync(':memory:');
  const problems: string[] = [];
  for (const file of files.toSorted()) {
    const sql = readFileSync(join(folder, file), 'utf8');
    const { loses: declared, problem } = readMarks(sql);
    if (problem !== undefined) problems.push(`${file} ${problem}.`);
    try {
      const lost = findLosses(database, sql);
      const undeclared = lost.filter((name) => !declared.includes(name));
      const kept = declared.filter((name) => !lost.includes(name));
      if (undeclared.length > 0) problems.push(`${file} loses what is in ${undeclared.join(', ')}.`);
      if (kept.length > 0) problems.push(`${file} declares that it loses ${kept.join(', ')}, but does not.`);
    } catch (error) {
      problems.push(
        `${file} fails when the tables hold rows: ${error instanceof Error ? error.message : String(error)}.`,
      );
      // The later files build on this one.
      break;
    }
  }
  database.close();
  return problems;
}

/**
 * Applies `sql`. Returns the tables with fewer rows than before, and the columns (`table.column`) with fewer values.
 */
function findLosses(database: DatabaseSync, sql: string): string[] {
  fillTables(database);
  const before = holdingsOf(database);
  database.exec('BEGIN');
  database.exec(sql);
  database.exec('COMMIT');
  const after = holdingsOf(database);
  const deleted = deletedFrom(sql);
  const lost = [...before.keys()].filter((table) => deleted.includes(table.toLowerCase()));
  for (const [table, { rows, columns }] of before) {
    const now = after.get(table) ?? findRenamed(columns, before, after);
    if (now === undefined || now.rows < rows) lost.push(table);
    else lost.push(...lostColumns(columns, now.columns).map((column) => `${table}.${column}`));
  }
  return [...new Set(lost)].toSorted();
}

/** The columns with fewer values than before. A missing column was renamed if a new one has the same values. */
function lostColumns(before: Columns, after: Columns): string[] {
  const added = Array.from(after).flatMap(([name, column]) => (before.has(name) ? [] : [column]));
  return Array.from(before).flatMap(([name, { count, values }]) => {
    const now = after.get(name) ?? added.find((column) => column.values === values);
    return (now?.count ?? 0) < count ? [name] : [];
  });
}

/** A new table with the contents of a missing one, which was renamed. */
function findRenamed(columns: Columns, before: Holdings, after: Holdings) {
  const contents = JSON.stringify([...columns]);
  return Array.from(after).find(
    ([table, now]) => !before.has(table) && JSON.stringify([...now.columns]) === contents,
  )?.[1];
}

/** The tables of DELETE statements, in lower case. Their condition may match none of the made-up rows. */
function deletedFrom(sql: string): string[] {
  const code = sql.replaceAll(/--.*$|\/\*[\s\S]*?\*\//gm, ' ');
  const tables = code.matchAll(/\bDELETE\s+FROM\s+(?:["'`[]?main["'`\]]?\s*\.\s*)?["'`[]?(\w+)/gi);
  return Array.from(tables, ([, table = '']) => table.toLowerCase());
}

function holdingsOf(database: DatabaseSync): Holdings {
  const holdings = tablesOf(database).map((table) => {
    const columns = columnsOf(database, table).map(({ name }) => [name, columnOf(database, table, name)] as const);
    const { count: rows } = columnOf(database, table, '*');
    return [table, { rows, columns: new Map(columns) }] as const;
  });
  return new Map(holdings);
}

const counted = z.object({ count: z.int(), texts: z.string().nullable() });

/** The contents of the column `name` of `table`; for `*`, the number of rows. */
function columnOf(database: DatabaseSync, table: string, name: string) {
  const [of, text] = name === '*' ? ['*', 'NULL'] : [`"${name}"`, `quote("${name}")`];
  const sql = `SELECT count(${of}) AS count, (SELECT group_concat(text) FROM (SELECT ${text} AS text FROM "${table}" ORDER BY 1)) AS texts FROM "${table}"`;
  const { count, texts } = counted.parse(database.prepare(sql).get());
  return { count, values: texts ?? '' };
}
