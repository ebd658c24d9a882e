// npm run db:migrate: brings the local D1, the deployed D1 or a libSQL database up to date.
import { spawnSync } from 'node:child_process';
import { type Command, Failure, parseCommandLine, UsageError } from '../command.ts';
import { applyMigrations } from '../libsql/apply-migrations.ts';
import { WRANGLER } from '../wrangler/cli.ts';
import { refuseLosses, refuseLossesOf, requireEnvironment } from './refuse-losses.ts';
import { findTursoProblems, openTurso, wordsOfTurso } from './turso.ts';

const options = {
  local: { type: 'boolean' },
  remote: { type: 'boolean' },
  preview: { type: 'boolean' },
  turso: { type: 'boolean' },
  'persist-to': { type: 'string' },
  config: { type: 'string', short: 'c', default: 'wrangler.toml' },
  env: { type: 'string', short: 'e' },
  'env-file': { type: 'string', multiple: true },
  profile: { type: 'string' },
} as const;

export const command: Command = {
  usage: `npm run db:migrate -- [--remote] [--persist-to FOLDER] [--config FILE] [--env NAME] [--preview]
       TURSO_DATABASE_URL=… TURSO_AUTH_TOKEN=… npm run db:migrate -- --turso

Applies the new migrations to the local D1 database, with --remote to the deployed one, with --turso to a libSQL database.
Applies none if one of them loses rows without declaring it. The flags but --turso are those of
\`wrangler d1 migrations apply\`.`,

  run: async (args) => {
    const { values, positionals } = parseCommandLine(args, options);
    if (positionals.length > 0) throw new UsageError('This command takes options only.');
    if (values.turso !== true) return migrateD1(args, values);
    if (args.length > 1) throw new UsageError('--turso goes with no other option.');
    return migrateTurso();
  },
};

type Where = { remote?: boolean | undefined; config: string; env?: string | undefined };

async function migrateD1(args: string[], { remote = false, config, env }: Where): Promise<number> {
  // In a file without environments, wrangler would ignore `env`, and change the database of production.
  if (remote) await requireEnvironment({ config, env });
  await refuseLossesOf({ config, env });
  const where = remote ? [] : ['--local'];
  const all = [WRANGLER, 'd1', 'migrations', 'apply', 'DB', ...where, ...args];
  return spawnSync(process.execPath, all, { stdio: 'inherit' }).status ?? 1;
}

async function migrateTurso(): Promise<void> {
  const { TURSO_DATABASE_URL: url = '', TURSO_AUTH_TOKEN } = process.env;
  const turso = { url, authToken: TURSO_AUTH_TOKEN === '' ? undefined : TURSO_AUTH_TOKEN };
  const problems = findTursoProblems(turso);
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  refuseLosses('migrations');
  const applied = await applyMigrations(openTurso(turso)).catch((error: unknown) => {
    throw new Failure(`The database could not be brought up to date: ${wordsOfTurso(error)}`);
  });
  console.log(applied.length > 0 ? `Applied: ${applied.join(', ')}` : 'Nothing to apply.');
}
