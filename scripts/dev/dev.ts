// npm run dev: starts the service for development, with secrets and a local D1 database.
import type { Command } from '../command.ts';
import { migrate } from './migrate.ts';
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
