import { createDatabase, type Database } from './database.ts';
import type { Query } from './statement.ts';

/** The database behind a D1 binding. */
export function openD1(binding: D1Database, { deadlineMs }: { deadlineMs: number }): Database {
  const bind = ({ sql, args }: Query) => binding.prepare(sql).bind(...args);
  return createDatabase(
    {
      run: async (query) => bind(query).raw(),
      // D1 returns the rows of a batch as objects. So no statement of a batch may select two columns of one name.
      batch: async (queries) => {
        const tables = await binding.batch<Record<string, unknown>>(queries.map(bind));
        return tables.map(({ results }) => results.map((row) => Object.values(row)));
      },
    },
    { deadlineMs },
  );
}
