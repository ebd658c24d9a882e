import { type Item, type TableName } from '../item.ts';
import { createWindow } from '../text-window.ts';
import { readCopy } from './copy.ts';
import { readInsert } from './insert.ts';
import { type Parser, startParser } from './parser.ts';
import { readColumns } from './create-table.ts';

/**
 * The rows of `tables` in a dump by pg_dump, sqlite3 or mysqldump. All values are texts or null. A value that is an
 * expression is an object, which nothing takes for a text.
 */
export async function* readSqlDump(chunks: AsyncIterable<string>, tables: TableName[]): AsyncGenerator<Item> {
  const parser = startParser(createWindow(chunks));
  /** The columns of the tables that the dump has made so far. */
  const columns = new Map<string, string[]>();
  for (;;) {
    const command = await parser.nextWord();
    if (command === undefined) return;
    if (command === 'COPY') {
      const name = await parser.takeName();
      yield* readCopy(parser, findTable(tables, name));
    } else if (command === 'INSERT' || command === 'REPLACE') {
      const name = (await parser.skipTo('INTO')) ? await parser.takeName() : [];
      const table = findTable(tables, name);
      if (table === undefined) await parser.skipStatement();
      else yield* readInsert(parser, table, columns.get(table));
    } else if (command === 'CREATE') {
      await readCreate(parser, tables, columns);
    } else if (command === '\\') {
      await parser.window.before(/\n/g);
    } else if (command !== ';') {
      await parser.skipStatement();
    }
  }
}

async function readCreate(parser: Parser, tables: TableName[], columns: Map<string, string[]>): Promise<void> {
  const what = (await parser.take()).value?.toUpperCase();
  if (what !== 'TABLE') return parser.skipStatement(what === 'TRIGGER');
  const table = findTable(tables, await parser.takeName());
  if (table === undefined) return parser.skipStatement();
  columns.set(table, await readColumns(parser));
}

/** The one of `tables` that `parts`, such as `auth` and `users`, name. */
function findTable(tables: TableName[], parts: string[]): string | undefined {
  const [name = '', schema] = parts.map((part) => part.toLowerCase()).toReversed();
  const isNamed = (table: TableName) =>
    table.name === name && (table.schema === undefined || schema === undefined || table.schema === schema);
  return tables.find(isNamed)?.name;
}
