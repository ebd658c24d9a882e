import { Failure } from '../command.ts';
import { wordsOf } from '../secrets/unreadable.ts';
import type { Toml } from '../wrangler/toml.ts';
import { describeMigrationProblems } from './check.ts';

/** Throws a `Failure` when a migration in `folder` loses rows. Call it before applying any. */
export function refuseLosses(folder: string): void {
  const problems = describeMigrationProblems(folder);
  if (problems !== '') throw new Failure(`No migration was applied.\n${problems}`);
}

/** Does the same for the migrations that `toml` names. Its failure has exit code 2 when it finds none. */
export async function refuseLossesOf(toml: Toml): Promise<void> {
  // Imported late, because it loads wrangler, which takes a second.
  const { findMigrationFolder } = await import('./folder.ts');
  refuseLosses(attempt(toml, () => findMigrationFolder(toml)));
}

function attempt(toml: Toml, find: () => string): string {
  try {
    return find();
  } catch (error) {
    throw new Failure(`No migration was applied.\n${toml.config} ${wordsOf(error)}.`, 2);
  }
}
