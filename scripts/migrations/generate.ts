// npm run db:generate: writes the migration for a changed schema, if it keeps all rows. npm run db:check only checks.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Command, parseCommandLine, UsageError } from '../command.ts';
import { describeMigrationProblems, findMigrationProblems } from './check.ts';

const FOLDER = 'migrations';
const DRIZZLE_KIT = fileURLToPath(new URL('../../node_modules/drizzle-kit/bin.cjs', import.meta.url).href);

export const command: Command = {
  usage: `npm run db:generate -- [--name NAME] [--custom] [--unchecked]
       npm run db:check

Writes the migration for what has changed in src/store/tables. Refuses one that loses rows.
  --name NAME  the name of the file
  --custom     writes an empty file for SQL of your own
  --unchecked  writes the file even if it loses rows, for you to mend`,

  run: (args) => {
    const { values, positionals } = parseCommandLine(args, {
      check: { type: 'boolean', default: false },
      unchecked: { type: 'boolean', default: false },
      name: { type: 'string' },
      custom: { type: 'boolean', default: false },
    });
    if (positionals.length > 0) throw new UsageError('This command takes options only.');
    const name = values.name === undefined ? [] : ['--name', values.name];
    const flags = [...name, ...(values.custom ? ['--custom'] : [])];
    return inCopy((copy) => (values.check ? check(copy) : generate(copy, flags, values.unchecked)));
  },
};

/** Runs `work` on a copy of the migrations, so that a refused one leaves no file, journal or snapshot behind. */
function inCopy(work: (copy: string) => number): number {
  // In the project, because drizzle-kit takes relative paths only.
  mkdirSync('.wrangler/tmp', { recursive: true });
  const copy = mkdtempSync(join('.wrangler/tmp', 'migrations-'));
  try {
    cpSync(FOLDER, copy, { recursive: true });
    return work(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Writes the new migration, or says why not. Returns the exit code. */
function generate(copy: string, flags: string[], isUnchecked: boolean): number {
  const { isUnchanged, question, failure } = runDrizzleKit(copy, flags);
  // In a terminal, drizzle-kit can ask.
  if (question !== undefined && process.stdin.isTTY && process.stdout.isTTY) spawnDrizzleKit(copy, flags, 'inherit');
  const files = newFiles(copy);
  if (files.length === 0) {
    if (isUnchanged) console.log('The schema has not changed since the last migration.');
    else console.error(`${question ?? failure}\nNothing was written.`);
    return isUnchanged ? 0 : 1;
  }
  const problems = describeMigrationProblems(copy);
  if (problems !== '') console.error(problems);
  if (problems !== '' && !isUnchecked) {
    console.error(`Nothing was written. To get the file and mend it, run \`npm run db:generate -- --unchecked\`. \`npm run db:migrate\`
refuses it until then.`);
    return 1;
  }
  cpSync(copy, FOLDER, { recursive: true });
  for (const file of files) console.log(`${join(FOLDER, file)} is the new migration.`);
  return 0;
}

/** Returns the exit code: 0 when the migrations make the schema and keep all rows. */
function check(copy: string): number {
  const { isUnchanged, question, failure } = runDrizzleKit(copy);
  const problems = findMigrationProblems(copy);
  if (newFiles(copy).length > 0)
    problems.push('The schema has changed since the last migration: run `npm run db:generate`.');
  else if (!isUnchanged) problems.push(question ?? failure);
  for (const problem of problems) console.error(problem);
  return problems.length > 0 ? 1 : 0;
}

/** Runs drizzle-kit on `copy`. Its exit code is 0 even when it fails, so its output decides. */
function runDrizzleKit(copy: string, flags: string[] = []) {
  const { stdout, stderr } = spawnDrizzleKit(copy, flags, 'pipe');
  const output = `${stdout}${stderr}`;
  return {
    isUnchanged: stdout.includes('No schema changes'),
    question: output.includes('Interactive prompts require a TTY')
      ? 'drizzle-kit has to ask whether something was renamed: run `npm run db:generate` in a terminal.'
      : undefined,
    failure: `drizzle-kit failed:\n${output.replaceAll(/^ {4}at .*\n?/gm, '')}`,
  };
}

function spawnDrizzleKit(copy: string, flags: string[], stdio: 'inherit' | 'pipe') {
  const env = { ...process.env, MIGRATIONS_FOLDER: copy };
  return spawnSync(process.execPath, [DRIZZLE_KIT, 'generate', ...flags], { stdio, env, encoding: 'utf8' });
}

function newFiles(copy: string): string[] {
  const before = readdirSync(FOLDER);
  return readdirSync(copy).filter((file) => file.endsWith('.sql') && !before.includes(file));
}
