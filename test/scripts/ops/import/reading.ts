import { type Row, openUsers } from '../../../../scripts/ops/import/read-users.ts';
import { sources } from '../../../../scripts/ops/import/sources/sources.ts';

/** The place of a dump in this folder. */
export const dump = (name: string) => `test/scripts/ops/import/dumps/${name}`;

/** The rows of `files`, read as `from`. */
export async function readRows(from: string, ...files: string[]): Promise<Row[]> {
  const source = sources[from];
  if (source === undefined) throw new TypeError('there is such a source');
  return collect((await openUsers(files, source, () => {}, new Date('2026-11-26T22:00:00Z'))).rows);
}

/** The rows without their places: the line and the old id, or the fault. */
export const contentOf = (rows: Row[]) =>
  rows.map((row) => ('user' in row ? { line: row.user.line, oldId: row.user.oldId } : row.fault));

/** All that `source` gives. */
export async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of source) all.push(one);
  return all;
}
