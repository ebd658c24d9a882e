import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The SQL files of `folder`, in the order of their names. */
export function migrationsIn(folder: string): string[] {
  const files = globSync(join(folder, '*.sql')).toSorted();
  return files.map((file) => readFileSync(file, 'utf8'));
}

/** Runs the statements of `migrations`, between which drizzle-kit writes a break. */
export async function applySql(database: D1Database, migrations: string[]): Promise<void> {
  for (const statement of migrations.flatMap((sql) => sql.split('--> statement-breakpoint'))) {
    await database.prepare(statement).run();
  }
}
