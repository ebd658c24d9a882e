import { sql, type SQL } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Given } from '../statement.ts';

/** What happens to the row `id` at `at`. It is noted if the last time that is noted is `due` or earlier. */
export type Note = { id: string; at: Date; due: Date };

/** Whether the last time in `column` is early enough. Decides between simultaneous notes, too. */
export const isDue = (column: SQLiteColumn, { due }: Pick<Given<Note>, 'due'>): SQL =>
  sql`coalesce(${column}, 0) <= ${due}`;
