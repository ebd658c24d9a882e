import { describeMigrationProblems } from './check.ts';
import type { Toml } from '../wrangler/toml.ts';
import { wordsOf } from '../secrets/unreadable.ts';

/** Ends this process, with exit code 1, when a migration in `folder` loses rows: call it before any is applied. */
export function refuseLosses(folder: string): void {
  const problems = describeMigrationProblems(folder);
  if (problems === '') return;
  console.error(`No migration was applied.\n${problems}`);
  process.exit(1);
}

/** Does the same with the migrations that `toml` names; with exit code 2 when there are none to find. */
export async function refuseLossesOf(toml: Toml): Promise<void> {
  // Loaded here because it brings wrangler, which takes a second.
  const { findMigrationFolder } = await import('./folder.ts');
  try {
    refuseLosses(findMigrationFolder(toml));
  } catch (error) {
    console.error(`No migration was applied.\n${toml.config} ${wordsOf(error)}.`);
    process.exit(2);
  }
}
