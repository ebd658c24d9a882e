import { describeMigrationProblems } from './migration-check.ts';

/** Ends this process, with exit code 1, when a migration in `folders` loses rows: call it before any is applied. */
export function refuseLosses(...folders: string[]): void {
  const problems = describeMigrationProblems(...folders);
  if (problems === '') return;
  console.error(`No migration was applied.\n${problems}`);
  process.exit(1);
}
