import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readToml, type Toml } from '../wrangler/toml.ts';
import { Unreadable } from '../secrets/unreadable.ts';

/** The migrations of a D1 database: their folder, and the table in which wrangler records those that it applied. */
export type Migrations = { folder: string; table: string; localId: string };

/**
 * What `wrangler d1 migrations apply DB` works with: the folder that it reads, the table that it writes, and `localId`,
 * which names the local database. Throws `Unreadable` when the folder does not exist, or when wrangler would read files
 * from elsewhere too.
 */
export function findMigrations({ config, env }: Toml): Migrations {
  // In a file without environments, wrangler warns about `env` and uses the top level.
  const top = readToml({ config, env: '' });
  const toml = top.definedEnvironments.length > 0 ? readToml({ config, env }) : top;
  const found = toml.d1_databases.find((d1) => d1.binding === 'DB' || d1.database_name === 'DB');
  if (found === undefined) throw new Unreadable('has no D1 database with the binding DB');
  if (found.migrations_pattern !== undefined)
    throw new Unreadable('sets migrations_pattern: the migrations must be the SQL files of migrations_dir');
  const folder = join(dirname(config), found.migrations_dir ?? 'migrations');
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new Unreadable('names no folder of migrations that exists: set migrations_dir');
  return {
    folder,
    table: found.migrations_table ?? 'd1_migrations',
    localId: found.preview_database_id ?? found.database_id ?? found.binding,
  };
}
