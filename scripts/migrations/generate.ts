// npm run db:generate [-- flags of drizzle-kit generate]: writes the migration for what has changed in the schema, if it keeps
// all rows. With --unchecked, writes it all the same. With --check (npm run db:check), only tells whether there is one to write.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeMigrationProblems, findMigrationProblems } from './check.ts';

const FOLDER = 'migrations';
const DRIZZLE_KIT = fileURLToPath(new URL('../../node_modules/drizzle-kit/bin.cjs', import.meta.url));

const given = process.argv.slice(2);
const isCheck = given.includes('--check');
const isUnchecked = given.includes('--unchecked');
const flags = given.filter((flag) => !['--check', '--unchecked'].includes(flag));

// drizzle-kit writes into a copy: a migration that is refused leaves neither file nor journal nor snapshot behind. The copy is
// in the project, since drizzle-kit takes relative paths only.
mkdirSync('.wrangler/tmp', { recursive: true });
const copy = mkdtempSync(join('.wrangler/tmp', 'migrations-'));
try {
  cpSync(FOLDER, copy, { recursive: true });
  process.exitCode = isCheck ? check() : generate();
} finally {
  rmSync(copy, { recursive: true, force: true });
}

/** Writes the new migration, or says why not. Returns the exit code. */
function generate(): number {
  const { isUnchanged, question, failure } = runDrizzleKit();
  // In a terminal, drizzle-kit can ask.
  if (question !== undefined && process.stdin.isTTY && process.stdout.isTTY) spawnDrizzleKit('inherit');
  const files = newFiles();
  if (files.length === 0) {
    if (isUnchanged) console.log('The schema has not changed since the last migration.');
    else console.error(`${question ?? failure}\nNothing was written.`);
    return isUnchanged ? 0 : 1;
  }
  const problems = describeMigrationProblems(copy);
  if (problems !== '') console.error(problems);
  if (problems !== '' && !isUnchecked) {
    console.error(`Nothing was written. With \`npm run db:generate -- --unchecked\` the file is written for you to mend, and \`npm run db:migrate\`
refuses it until then.`);
    return 1;
  }
  cpSync(copy, FOLDER, { recursive: true });
  for (const file of files) console.log(`${join(FOLDER, file)} is the new migration.`);
  return 0;
}

/** Returns the exit code: 0 when the migrations make the schema, and keep all rows. */
function check(): number {
  const { isUnchanged, question, failure } = runDrizzleKit();
  const problems = findMigrationProblems(copy);
  if (newFiles().length > 0)
    problems.push('The schema has changed since the last migration: run `npm run db:generate`.');
  else if (!isUnchanged) problems.push(question ?? failure);
  for (const problem of problems) console.error(problem);
  return problems.length > 0 ? 1 : 0;
}

/** Has drizzle-kit write into the copy. Its exit code is 0 when it fails, too, so what it prints has to tell. */
function runDrizzleKit() {
  const { stdout, stderr } = spawnDrizzleKit('pipe');
  const output = `${stdout}${stderr}`;
  return {
    isUnchanged: stdout.includes('No schema changes'),
    question: output.includes('Interactive prompts require a TTY')
      ? 'drizzle-kit has to ask whether something was renamed: run `npm run db:generate` in a terminal.'
      : undefined,
    failure: `drizzle-kit failed:\n${output.replaceAll(/^ {4}at .*\n?/gm, '')}`,
  };
}

function spawnDrizzleKit(stdio: 'inherit' | 'pipe') {
  const env = { ...process.env, MIGRATIONS_FOLDER: copy };
  return spawnSync(process.execPath, [DRIZZLE_KIT, 'generate', ...flags], { stdio, env, encoding: 'utf8' });
}

function newFiles(): string[] {
  const before = readdirSync(FOLDER);
  return readdirSync(copy).filter((file) => file.endsWith('.sql') && !before.includes(file));
}
