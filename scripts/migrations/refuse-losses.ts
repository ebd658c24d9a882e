import { Failure } from '../command.ts';
import { wordsOf } from '../secrets/unreadable.ts';
import type { Toml } from '../wrangler/toml.ts';
import { describeMigrationProblems } from './check.ts';
import type { Migrations } from './folder.ts';

/** Throws a `Failure` when a migration in `folder` loses rows. Call it before applying any. */
export function refuseLosses(folder: string): void {
  const problems = describeMigrationProblems(folder);
  if (problems !== '') throw new Failure(`${problems}\nNo migration was applied.`);
}

/** Does the same for the migrations that `toml` names, and returns them. Its failure has exit code 2 when it finds none. */
export async function refuseLossesOf(toml: Toml): Promise<Migrations> {
  // Imported late, because it loads wrangler, which takes a second.
  const { findMigrations } = await import('./folder.ts');
  const migrations = attempt(toml, () => findMigrations(toml));
  refuseLosses(migrations.folder);
  return migrations;
}

/** Throws a `Failure` with exit code 2 when `toml` names an environment that the file does not define. */
export async function requireEnvironment(toml: Toml): Promise<void> {
  const { readToml } = await import('../wrangler/toml.ts');
  attempt(toml, () => readToml(toml));
}

function attempt<T>(toml: Toml, find: () => T): T {
  try {
    return find();
  } catch (error) {
    throw new Failure(`${toml.config} ${wordsOf(error)}.\nNo migration was applied.`, 2);
  }
}
