// npm run dev:turso [-- any flag of wrangler dev]: as npm run dev, with users and sessions in a libSQL server of its own.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createClient } from '@libsql/client/http';
import { applyMigrations } from './libsql-migrations.ts';
import { startLibsqlServer } from './libsql-server.ts';
import { findFreePort } from './ports.ts';
import { stopTogether } from './stop-together.ts';

const FIRST_PORT = 8080;
const DEV = fileURLToPath(new URL('dev.ts', import.meta.url));

const flags = process.argv.slice(2);
const { values } = parseArgs({ args: flags, strict: false, options: { 'persist-to': { type: 'string' } } });
const folder = join(typeof values['persist-to'] === 'string' ? values['persist-to'] : '.wrangler/state', 'libsql');
mkdirSync(folder, { recursive: true });

const file = join(folder, 'latchkey.db');
const authToken = randomBytes(32).toString('base64url');
const { url } = await startLibsqlServer({ file, port: await findFreePort(FIRST_PORT), authToken });
await applyMigrations(createClient({ url, authToken }));
console.log(`
Users and sessions are in ${file}. For other tools, as long as this runs:

  export TURSO_DATABASE_URL=${url} TURSO_AUTH_TOKEN=${authToken}
`);

const vars = ['--var', `TURSO_DATABASE_URL:${url}`, '--var', `TURSO_AUTH_TOKEN:${authToken}`];
stopTogether(spawn(process.execPath, [DEV, ...vars, ...flags], { stdio: 'inherit' }));
