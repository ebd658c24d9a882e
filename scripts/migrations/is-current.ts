import { readdirSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/**
 * Whether the SQLite database in `file` has every migration in `folder`, by the `table` in which wrangler records them.
 * `false` in all doubt: no such file, no such table, a lock, a file that is no database.
 */
export function isCurrent(file: string, { folder, table }: { folder: string; table: string }): boolean {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.sql'));
    const applied = appliedTo(file, table);
    return names.length > 0 && names.every((name) => applied.has(name));
  } catch {
    return false;
  }
}

function appliedTo(file: string, table: string): Set<unknown> {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const rows = database.prepare(`SELECT name FROM "${table.replaceAll('"', '""')}"`).all();
    return new Set(rows.map(({ name }) => name));
  } finally {
    database.close();
  }
}
