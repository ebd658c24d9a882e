// npm run dev [-- any flag of wrangler dev]: secrets, database and service, ready to try.
import { spawn, spawnSync } from 'node:child_process';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { devVarsOf, readDevVars, writeDevVars } from './dev-vars.ts';
import { findFreePort, isFree } from './ports.ts';
import { stopTogether } from './stop-together.ts';
import { WRANGLER } from './wrangler.ts';

const FIRST_PORT = 8787;

/** Secrets that may be absent. wrangler takes from the profile only what wrangler.toml names, so these are handed to it. */
const OPTIONAL_SECRETS = ['PASSWORD_PEPPER', 'OAUTH_CLIENTS', 'TURSO_AUTH_TOKEN'];

const flags = process.argv.slice(2);
const { values } = parseArgs({
  args: flags,
  strict: false,
  options: {
    port: { type: 'string' },
    ip: { type: 'string' },
    'local-protocol': { type: 'string' },
    'persist-to': { type: 'string' },
    config: { type: 'string', short: 'c' },
    env: { type: 'string', short: 'e' },
    var: { type: 'string', multiple: true },
  },
});

const port = await choosePort();
const devVars = devVarsOf(typeof values.config === 'string' ? values.config : '');
if (await writeDevVars(devVars)) console.log(`${devVars} written, with fresh secrets.`);
if (!isOnLibsql()) migrate();
await serve();

/** Whether users and sessions are somewhere else than in D1: who runs that database brings it up to date. */
function isOnLibsql(): boolean {
  const given = [values.var].flat().some((each) => typeof each === 'string' && /^TURSO_DATABASE_URL:./.test(each));
  return given || (readDevVars(devVars)['TURSO_DATABASE_URL'] ?? '') !== '';
}

/** Brings the database of the state directory that wrangler dev will use up to date. */
function migrate(): void {
  const shared = (['persist-to', 'config', 'env'] as const).flatMap((name) =>
    typeof values[name] === 'string' ? [`--${name}`, values[name]] : [],
  );
  const args = [WRANGLER, 'd1', 'migrations', 'apply', 'DB', '--local', ...shared];
  const applied = spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, CI: 'true' } });
  if (applied.status === 0) return;
  console.error(`The local database could not be brought up to date.\n${applied.stdout}${applied.stderr}`);
  process.exit(1);
}

async function serve(): Promise<void> {
  const profile = readDevVars(devVars);
  const handed = OPTIONAL_SECRETS.flatMap((name) =>
    profile[name] === undefined ? [] : ['--var', `${name}:${profile[name]}`],
  );
  const ports = typeof values.port === 'string' ? [] : ['--port', String(port)];
  const child = spawn(process.execPath, [WRANGLER, 'dev', ...handed, ...ports, ...flags], { stdio: 'inherit' });
  stopTogether(child);

  const protocol = values['local-protocol'] === 'https' ? 'https' : 'http';
  const url = `${protocol}://${hostOf(values.ip)}:${port}`;
  while (child.exitCode === null && !(await answers(`${url}/health`))) await sleep(200);
  console.log((await answers(`${url}/ready`)) ? greeting(url) : notReady(url));
}

/** What to call a service that listens on `ip`. */
function hostOf(ip: unknown): string {
  if (typeof ip !== 'string' || ['0.0.0.0', '::', '*'].includes(ip)) return 'localhost';
  return net.isIPv6(ip) ? `[${ip}]` : ip;
}

/** Whether `url` answers 200. */
function answers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const { get } = url.startsWith('https') ? https : http;
    const request = get(url, { rejectUnauthorized: false, timeout: 5000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('timeout', () => request.destroy()).on('error', () => resolve(false));
  });
}

/** The port that was asked for, if nobody has it; otherwise the first free one. */
async function choosePort(): Promise<number> {
  if (typeof values.port !== 'string') return findFreePort(FIRST_PORT);
  const asked = Number(values.port);
  if (await isFree(asked)) return asked;
  console.error(`Port ${values.port} is taken, or none.`);
  return process.exit(1);
}

function greeting(url: string): string {
  const body = `-H 'content-type: application/json' -d '{"email":"joe@gmail.com","password":"123456"}'`;
  const insecure = url.startsWith('https') ? ' -k' : '';
  return `
Latchkey listens on ${url}. Try, in another terminal:

  curl -s${insecure} ${url}/auth/register ${body}
  TOKEN=$(curl -s${insecure} ${url}/auth/login ${body} | tee /dev/stderr | sed 's/.*"auth_token":"\\([^"]*\\)".*/\\1/')
  curl -s${insecure} ${url}/auth/status -H "authorization: Bearer $TOKEN"
  curl -s${insecure} -X POST ${url}/auth/logout -H "authorization: Bearer $TOKEN"
`;
}

function notReady(url: string): string {
  return `
Latchkey listens on ${url}, and is not ready: the line above says why.
\`npm run doctor -- development\` looks at the configuration. Without ${devVars}, the next start writes it anew.
`;
}
