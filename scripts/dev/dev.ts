// npm run dev: starts the service for development, with secrets and a local D1 database.
import { spawnSync } from 'node:child_process';
import { type Command, Failure } from '../command.ts';
import { refuseLossesOf } from '../migrations/refuse-losses.ts';
import { WRANGLER } from '../wrangler/cli.ts';
import type { DevFlags } from '../wrangler/flags.ts';
import { startDev } from './start.ts';

export const command: Command = {
  usage: `npm run dev -- [--port PORT] [--persist-to FOLDER] [--var NAME:VALUE] [FLAG...]

Writes .dev.vars with fresh secrets if there is none, brings the local database up to date, starts the service, and
prints where it listens and what to try.
  --port PORT          where to listen; without it, the first free port from 8787 on
  --persist-to FOLDER  where to keep the data, instead of .wrangler/state
  --var NAME:VALUE     a variable for this run
All other flags go to \`wrangler dev\`: \`npx wrangler dev --help\` lists them.`,

  run: (args) =>
    startDev(args, async (flags, isOnLibsql) => {
      // Whoever runs a libSQL database migrates it.
      if (!isOnLibsql) await migrate(flags);
      return {};
    }),
};

/** Brings the database of the state directory up to date. */
async function migrate({ persistTo, config, env }: DevFlags): Promise<void> {
  await refuseLossesOf({ config: config ?? 'wrangler.toml', env });
  const shared = Object.entries({ 'persist-to': persistTo, config, env }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value],
  );
  const args = [WRANGLER, 'd1', 'migrations', 'apply', 'DB', '--local', ...shared];
  const applied = spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, CI: 'true' } });
  if (applied.status === 0) return;
  throw new Failure(`The local database could not be brought up to date.\n${applied.stdout}${applied.stderr}`);
}
