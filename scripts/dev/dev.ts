// npm run dev: starts the service for development, with secrets and a local D1 database.
import type { Command } from '../command.ts';
import { migrate } from './migrate.ts';
import { DEV_OPTIONS, startDev } from './start.ts';

export const command: Command = {
  usage: `npm run dev -- [--port PORT] [--persist-to FOLDER] [--var NAME:VALUE] [FLAG...]

Writes .dev.vars with fresh secrets if there is none, brings the local database up to date, starts the service, and
prints where it listens and what to try.
${DEV_OPTIONS}
All other flags go to \`wrangler dev\`: \`npx wrangler dev --help\` lists them.`,

  run: (args) =>
    startDev(args, async (flags, isOnLibsql) => {
      // Whoever runs a libSQL database migrates it.
      if (!isOnLibsql) await migrate(flags);
      return {};
    }),
};
