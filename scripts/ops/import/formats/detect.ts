import { readCsv } from './csv.ts';
import type { Item, TableName } from './item.ts';
import { readJsonItems } from './json-items.ts';
import { readNdjson } from './ndjson.ts';
import { readSqlDump } from './sql/dump.ts';

/** A format that users come in. */
export type Format = 'ndjson' | 'json' | 'csv' | 'sql';

/** The names of the formats for people. */
export const FORMAT_NAMES: Readonly<Record<Format, string>> = {
  ndjson: 'NDJSON',
  json: 'JSON',
  csv: 'CSV',
  sql: 'an SQL dump',
};

/** How the first line of an SQL dump begins. */
const SQL =
  /^(--|\/\*|\\restrict|pragma\s|begin\b[^,]*;|set\s[^,]*[=;]|(create|drop|alter)\s+table\s|(insert|replace)\s+(or|ignore|into)\s|copy\s.*\sfrom\s|start\s+transaction)/i;

/** The one of `formats` that a text beginning with `head` is in; `undefined` when it is none of them. */
export function detectFormat(head: string, formats: Format[]): Format | undefined {
  const has = (...some: Format[]) => some.find((format) => formats.includes(format));
  const start = head.trimStart();
  if (start.startsWith('[')) return has('json');
  if (start.startsWith('{')) return has('ndjson', 'json');
  const [first = ''] = start.split(/[\r\n]/, 1);
  return SQL.test(first) ? has('sql') : has('csv');
}

/** The records of a text that begins with `head`. */
export function readRecords(
  { head, chunks }: { head: string; chunks: AsyncIterable<string> },
  format: Format,
  tables: TableName[],
): AsyncGenerator<Item> {
  if (format === 'csv') return readCsv(chunks, head);
  if (format === 'sql') return readSqlDump(chunks, tables);
  const names = tables.map(({ name }) => name);
  return format === 'json' ? readJsonItems(chunks, names) : readNdjson(chunks);
}
