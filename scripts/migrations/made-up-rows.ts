import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

/**
 * The numbers in the rows of each table. They are far apart, so that a condition on a time or a count matches some of
 * them and not others. The first row has NULL wherever that is allowed. Of several owners that may be NULL, each row has one.
 */
const NUMBERS = [1, 1_800_000_000_000, 9_000_000_000_000_000];

type Column = z.infer<typeof columnRow>;

const columnRow = z.object({ name: z.string(), type: z.string(), notnull: z.int(), pk: z.int(), hidden: z.int() });
const foreignKeyRow = z.object({ table: z.string(), from: z.string(), to: z.string().nullable() });

/** The names of our tables in `database`. */
export function tablesOf(database: DatabaseSync): string[] {
  const sql =
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'";
  return z
    .array(z.object({ name: z.string() }))
    .parse(database.prepare(sql).all())
    .map(({ name }) => name);
}

/** The writable columns of `table`. */
export function columnsOf(database: DatabaseSync, table: string) {
  const rows = z.array(columnRow).parse(database.prepare('SELECT * FROM pragma_table_xinfo(?)').all(table));
  return rows.filter(({ hidden }) => hidden === 0);
}

/** Replaces all rows of `database` by made-up ones, which refer to each other as the foreign keys demand. */
export function fillTables(database: DatabaseSync): void {
  const tables = tablesOf(database);
  // These work outside of a transaction. Rows may be inserted in any order of the tables, and in spite of any CHECK.
  database.exec('PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON');
  for (const table of tables) database.exec(`DELETE FROM "${table}"`);
  for (const table of tables) {
    const columns = columnsOf(database, table);
    const names = columns.map(({ name }) => `"${name}"`).join(', ');
    const insert = database.prepare(`INSERT INTO "${table}" (${names}) VALUES (${columns.map(() => '?').join(', ')})`);
    const owners = ownersOf(database, table);
    for (const row of NUMBERS.keys()) {
      const isNull = ({ name, notnull, pk }: Column) =>
        owners.includes(name) ? owners.indexOf(name) !== row % owners.length : row === 0 && notnull === 0 && pk === 0;
      insert.run(...columns.map((column) => (isNull(column) ? null : valueOf(database, table, column.name, row))));
    }
  }
  database.exec('PRAGMA foreign_keys = ON');
}

/** The foreign keys of `table` that may be NULL, if there are several: D1 checks that a row has one of them. */
function ownersOf(database: DatabaseSync, table: string): string[] {
  const foreignKeys = foreignKeysOf(database, table);
  const owners = columnsOf(database, table)
    .filter(({ name, notnull }) => notnull === 0 && foreignKeys.some(({ from }) => from === name))
    .map(({ name }) => name);
  return owners.length > 1 ? owners : [];
}

const foreignKeysOf = (database: DatabaseSync, table: string) =>
  z.array(foreignKeyRow).parse(database.prepare('SELECT * FROM pragma_foreign_key_list(?)').all(table));

/** The value of `column` in a row: different in each row or, in a foreign key, the value that it refers to. */
function valueOf(database: DatabaseSync, table: string, column: string, row: number): string | number {
  const key = foreignKeysOf(database, table).find(({ from }) => from === column);
  if (key !== undefined) {
    const to = key.to ?? columnsOf(database, key.table).find(({ pk }) => pk === 1)?.name;
    if (to !== undefined && !(key.table === table && to === column)) return valueOf(database, key.table, to, row);
  }
  const type = columnsOf(database, table).find(({ name }) => name === column)?.type ?? '';
  const number = NUMBERS[row] ?? 0;
  if (/INT|BOOL|NUM|DEC|DATE|TIME/i.test(type)) return number;
  if (/REAL|FLOA|DOUB/i.test(type)) return number + 0.5;
  return `${table}.${column}.${row}`;
}
