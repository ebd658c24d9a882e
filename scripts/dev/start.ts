import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../command.ts';
import { WRANGLER_CHILD } from '../wrangler/cli.ts';
import { type DevFlags, readDevFlags } from '../wrangler/flags.ts';
import { choosePort, FIRST_PORT } from './choose-port.ts';
import { greeting, incomplete, notReady, type Scene } from './messages.ts';
import { findOthers, withOthers } from './others.ts';
import { findDevValues } from './values.ts';
import { devVarsOf, readDevVars, writeDevVars } from './vars.ts';
import { findStarters } from './starters.ts';
import { holdState } from './state-lock.ts';
import { statusOf } from './status-of.ts';
import { stopTogether } from './stop-together.ts';

/** For the usage of a script that calls `startDev`. */
export const DEV_OPTIONS = `  --port PORT          where to listen; without it, the first free port from ${FIRST_PORT} on
  --persist-to FOLDER  where to keep the data, instead of .wrangler/state
  --config FILE        the configuration, instead of wrangler.toml; --env NAME is its environment
  --var NAME:VALUE     a variable for this run`;

/** Brings the database up to date, and returns the variables that say where it is. */
export type OpenDatabase = (flags: DevFlags, isOnLibsql: boolean) => Promise<Record<string, string>>;

/** Starts the service as `wrangler dev` with the flags in `args`, and prints what to try. This process ends with it. */
export async function startDev(args: string[], openDatabase: OpenDatabase): Promise<void> {
  const starters = findStarters();
  if (starters === undefined) throw new Failure('npm, which started this script, has ended.');
  const flags = readDevFlags(args);
  requireConfig(flags.config ?? 'wrangler.toml');
  const others = await findOthers(FIRST_PORT, flags.port === undefined ? [] : [Number(flags.port)]);
  await holdState(flags.state).catch((error: unknown) => {
    throw withOthers(error, others);
  });
  const port = await choosePort(flags.port, others);
  const devVars = devVarsOf(flags.config ?? '', flags.env);
  const profile = await readProfile(flags, devVars);
  const isOnLibsql = (flags.vars['TURSO_DATABASE_URL'] ?? profile['TURSO_DATABASE_URL'] ?? '') !== '';
  const database = await openDatabase(flags, isOnLibsql);
  const url = `${flags.protocol}://${hostOf(flags.ip)}:${port}`;
  const { values, missing } = await findDevValues({ profile, given: flags.vars, url });
  if (missing.length > 0) console.log(incomplete(devVars, missing));
  // wrangler takes the last of two values of a variable, so the command line wins.
  const vars = Object.entries({ ...values, ...database }).flatMap(([name, value]) => ['--var', `${name}:${value}`]);
  const printsMails = { ...profile, ...values, ...flags.vars }['MAIL_TRANSPORT'] === 'log';
  const takenPort = flags.port === undefined && port !== FIRST_PORT ? FIRST_PORT : undefined;
  const ownPort = flags.port === undefined ? ['--port', String(port)] : [];
  // Stacks in the log then name functions. A deploy is minified.
  const readable = flags.isMinifySaid ? [] : ['--no-minify'];
  await serve(['dev', ...vars, ...ownPort, ...readable, ...flags.all], {
    url,
    takenPort,
    printsMails,
    devVars,
    starters,
    others,
  });
}

function requireConfig(config: string): void {
  if (existsSync(config)) return;
  throw new Failure(`${config} does not exist. Name your configuration file with --config FILE.`, 2);
}

/**
 * The values of the profile, or of the files that `--env-file` names. With those, wrangler also reads its environment.
 */
async function readProfile(flags: DevFlags, devVars: string): Promise<NodeJS.Dict<string>> {
  if (flags.envFiles.length > 0) {
    return Object.fromEntries(
      [...flags.envFiles.map(readDevVars), process.env].flatMap(Object.entries<string | undefined>),
    );
  }
  if (await writeDevVars(devVars)) console.log(`Wrote ${devVars} with fresh secrets.`);
  return readDevVars(devVars);
}

type Run = Omit<Scene, 'hasPlayground'> & { devVars: string; starters: number[] };

async function serve(args: string[], { devVars, starters, ...scene }: Run): Promise<void> {
  const child = spawn(process.execPath, [WRANGLER_CHILD], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  stopTogether(child, starters);
  child.send(args);
  const { url } = scene;
  while ((await statusOf(`${url}/health`)) !== 200) await sleep(50);
  const [ready, page] = await Promise.all([statusOf(`${url}/ready`), statusOf(`${url}/`)]);
  console.log(ready === 200 ? greeting({ ...scene, hasPlayground: page === 200 }) : notReady(url, devVars));
}

/** The host name in the URL of a service that listens on `ip`. */
function hostOf(ip: string | undefined): string {
  if (ip === undefined || ['0.0.0.0', '::', '*'].includes(ip)) return 'localhost';
  return net.isIPv6(ip) ? `[${ip}]` : ip;
}
