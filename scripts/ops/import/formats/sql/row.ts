import type { Fields } from '../item.ts';

const UNNAMED =
  'The dump does not name the columns of this table. Dump it with --column-inserts (pg_dump) or --complete-insert (mysqldump).';

/** The values of a row by the names of their columns, or why that cannot be. */
export function recordOf(columns: string[] | undefined, values: unknown[]): { record: Fields } | { fault: string } {
  if (columns === undefined) return { fault: UNNAMED };
  if (values.length !== columns.length)
    return { fault: `This has ${values.length} values for ${columns.length} columns.` };
  return { record: Object.fromEntries(columns.map((name, index) => [name, values[index]])) };
}
