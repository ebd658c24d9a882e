// npm run dev:turso [-- any flag of wrangler dev]: as npm run dev, with users and sessions in a libSQL server of its own.
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createClient } from '@libsql/client/http';
import { applyMigrations } from '../libsql/apply-migrations.ts';
import { startLibsqlServer } from '../libsql/server.ts';
import { findFreePort } from './ports.ts';
import { refuseLosses } from '../migrations/refuse-losses.ts';
import { startDev } from './start.ts';

const FIRST_PORT = 8080;

await startDev(async ({ state }) => {
  refuseLosses('migrations');
  const folder = join(state, 'libsql');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'latchkey.db');
  const authToken = randomBytes(32).toString('base64url');
  const { url } = await startLibsqlServer({ file, port: await findFreePort(FIRST_PORT), authToken });
  await applyMigrations(createClient({ url, authToken }));
  console.log(`
Users and sessions are in ${file}. For other tools, as long as this runs:

  export TURSO_DATABASE_URL=${url} TURSO_AUTH_TOKEN=${authToken}
`);
  return { TURSO_DATABASE_URL: url, TURSO_AUTH_TOKEN: authToken };
});
