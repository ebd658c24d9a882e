// npm run dev:turso: the same as npm run dev, with users and sessions in a local libSQL server.
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createClient } from '@libsql/client/http';
import type { Command } from '../command.ts';
import { applyMigrations } from '../libsql/apply-migrations.ts';
import { startLibsqlServer } from '../libsql/server.ts';
import { refuseLosses } from '../migrations/refuse-losses.ts';
import { findFreePort } from './ports.ts';
import { DEV_OPTIONS, startDev } from './start.ts';

const FIRST_PORT = 8080;

export const command: Command = {
  usage: `npm run dev:turso -- [--port PORT] [--persist-to FOLDER] [--var NAME:VALUE] [FLAG...]

Starts a libSQL server, as Turso has it, and the service on it. Takes the flags of \`npm run dev\`:
${DEV_OPTIONS}`,

  run: (args) =>
    startDev(args, async ({ state }) => {
      refuseLosses('migrations');
      const folder = join(state, 'libsql');
      mkdirSync(folder, { recursive: true });
      const file = join(folder, 'latchkey.db');
      const authToken = randomBytes(32).toString('base64url');
      const { url } = await startLibsqlServer({ file, port: await findFreePort(FIRST_PORT), authToken });
      await applyMigrations(createClient({ url, authToken }));
      console.log(`
Users and sessions are in ${file}. While this runs, other tools reach it with:

  export TURSO_DATABASE_URL=${url} TURSO_AUTH_TOKEN=${authToken}
`);
      return { TURSO_DATABASE_URL: url, TURSO_AUTH_TOKEN: authToken };
    }),
};
