// npm run db:migrate [-- --remote | --turso]: brings the local D1, the deployed one, or a libSQL database up to date.
import { spawnSync } from 'node:child_process';
import { createClient } from '@libsql/client/http';
import { findConfigProblems } from '../../src/config/config.ts';
import { readDevFlags } from '../wrangler/flags.ts';
import { applyMigrations } from '../libsql/apply-migrations.ts';
import { refuseLosses, refuseLossesOf } from './refuse-losses.ts';
import { WRANGLER } from '../wrangler/cli.ts';

const flags = process.argv.slice(2);
if (flags.includes('--turso')) await migrateTurso();
else await migrateD1();

/** Any flag of `wrangler d1 migrations apply` goes through to it. */
async function migrateD1(): Promise<void> {
  const { config = 'wrangler.toml', env } = readDevFlags(flags);
  await refuseLossesOf({ config, env });
  const where = flags.includes('--remote') ? [] : ['--local'];
  const args = [WRANGLER, 'd1', 'migrations', 'apply', 'DB', ...where, ...flags];
  process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
}

async function migrateTurso(): Promise<void> {
  const { TURSO_DATABASE_URL: url = '', TURSO_AUTH_TOKEN } = process.env;
  const authToken = TURSO_AUTH_TOKEN === '' ? undefined : TURSO_AUTH_TOKEN;
  const problems = findConfigProblems({ TURSO_DATABASE_URL: url, TURSO_AUTH_TOKEN: authToken });
  const ofTurso = problems.filter(({ field }) => field.startsWith('TURSO_'));
  if (url === '' || flags.length > 1 || ofTurso.length > 0) {
    console.error('usage: TURSO_DATABASE_URL=… TURSO_AUTH_TOKEN=… npm run db:migrate -- --turso');
    for (const { field, problem } of ofTurso) console.error(`  ${field} ${problem}`);
    process.exit(2);
  }
  refuseLosses('migrations');
  try {
    const applied = await applyMigrations(
      createClient({ url, fetch: ask, ...(authToken !== undefined && { authToken }) }),
    );
    console.log(applied.length > 0 ? `Applied: ${applied.join(', ')}` : 'Nothing to apply.');
  } catch (error) {
    console.error(`The database could not be brought up to date: ${wordsOf(error)}`);
    process.exitCode = 1;
  }
}

/** A statement of a migration may take its time; a server that says nothing for a minute will not. */
function ask(request: Request): Promise<Response> {
  return fetch(request, { redirect: 'manual', signal: AbortSignal.timeout(60_000) });
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = error.cause instanceof Error && 'code' in error.cause ? ` (${String(error.cause.code)})` : '';
  return error.message + code;
}
