import { spawn } from 'node:child_process';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DevFlags, readDevFlags } from '../wrangler/flags.ts';
import { greeting, incomplete, notReady } from './messages.ts';
import { findDevValues } from './values.ts';
import { devVarsOf, readDevVars, writeDevVars } from './vars.ts';
import { findFreePort, isFree } from './ports.ts';
import { findStarters } from './starters.ts';
import { holdState } from './state-lock.ts';
import { stopTogether } from './stop-together.ts';
import { WRANGLER_CHILD } from '../wrangler/cli.ts';

const FIRST_PORT = 8787;

/** Brings the database up to date, and returns the variables that say where it is. */
export type OpenDatabase = (flags: DevFlags, isOnLibsql: boolean) => Promise<Record<string, string>>;

/** Starts the service as `wrangler dev` with the flags of the command line, and says what to try. This process ends with it. */
export async function startDev(openDatabase: OpenDatabase): Promise<void> {
  const starters = findStarters() ?? giveUp('npm, which started this script, has ended.');
  const flags = readDevFlags(process.argv.slice(2));
  await holdState(flags.state).catch((error: unknown) =>
    giveUp(error instanceof Error ? error.message : String(error)),
  );
  const port = await choosePort(flags.port);
  const devVars = devVarsOf(flags.config ?? '', flags.env);
  const profile = await readProfile(flags, devVars);
  const isOnLibsql = (flags.vars['TURSO_DATABASE_URL'] ?? profile['TURSO_DATABASE_URL'] ?? '') !== '';
  const database = await openDatabase(flags, isOnLibsql);
  const url = `${flags.protocol}://${hostOf(flags.ip)}:${port}`;
  const { values, missing } = await findDevValues({ profile, given: flags.vars, url });
  if (missing.length > 0) console.log(incomplete(devVars, missing));
  // Of two values of a variable, wrangler takes the last one: that of the command line.
  const vars = Object.entries({ ...values, ...database }).flatMap(([name, value]) => ['--var', `${name}:${value}`]);
  const ownPort = flags.port === undefined ? ['--port', String(port)] : [];
  await serve(['dev', ...vars, ...ownPort, ...flags.all], { url, devVars, starters });
}

/** What the profile says, or the files that are named in its place. wrangler looks at its environment beside those. */
async function readProfile(flags: DevFlags, devVars: string): Promise<NodeJS.Dict<string>> {
  if (flags.envFiles.length > 0) {
    return Object.fromEntries(
      [...flags.envFiles.map(readDevVars), process.env].flatMap(Object.entries<string | undefined>),
    );
  }
  if (await writeDevVars(devVars)) console.log(`${devVars} written, with fresh secrets.`);
  return readDevVars(devVars);
}

type Run = { url: string; devVars: string; starters: number[] };

async function serve(args: string[], { url, devVars, starters }: Run): Promise<void> {
  const child = spawn(process.execPath, [WRANGLER_CHILD], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  stopTogether(child, starters);
  child.send(args);
  while (!(await answers(`${url}/health`))) await sleep(200);
  console.log((await answers(`${url}/ready`)) ? greeting(url) : notReady(url, devVars));
}

/** What to call a service that listens on `ip`. */
function hostOf(ip: string | undefined): string {
  if (ip === undefined || ['0.0.0.0', '::', '*'].includes(ip)) return 'localhost';
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
async function choosePort(asked: string | undefined): Promise<number> {
  if (asked === undefined) return findFreePort(FIRST_PORT);
  if (await isFree(Number(asked))) return Number(asked);
  return giveUp(`Port ${asked} is taken, or is no port number.`);
}

function giveUp(words: string): never {
  console.error(words);
  process.exit(1);
}
