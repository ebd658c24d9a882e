import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { findFreePort } from '../dev/ports.ts';
import { type Started, startProcess } from './process.ts';
import { WRANGLER, WRANGLER_CHILD } from '../wrangler/cli.ts';

/** Where the search for a free port begins: at random, so that two commands at once do not find the same one. */
const FIRST_PORT = 18_787 + randomInt(5000);

/** Without this, wrangler picks a free inspector port first, and another process may take it before wrangler does. */
const ANY_INSPECTOR_PORT = ['--inspector-port', '0'];

/** Paths of PEM files. */
export type Certificate = { key: string; cert: string };

type Service = { state: string; script?: 'dev' | 'dev:turso'; certificate?: Certificate; isQuiet?: boolean };

/**
 * Starts the service with `npm run dev`, or another `script`, and its data in the folder `state`. The code is minified,
 * as after a deploy. Resolves when the service has printed where it listens. With a `certificate`, it listens on https,
 * and its `ISSUER` is that URL.
 */
export async function startService(
  { state, script = 'dev', certificate, isQuiet = false }: Service,
  ...flags: string[]
): Promise<Started> {
  const port = await findFreePort(FIRST_PORT);
  const url = `${certificate === undefined ? 'http' : 'https'}://localhost:${port}`;
  const tls = certificate === undefined ? [] : ['--var', `ISSUER:${url}`, ...tlsFlags(certificate)];
  const own = ['--port', String(port), '--persist-to', state, '--minify', ...ANY_INSPECTOR_PORT, ...tls];
  return startProcess({
    command: 'npm',
    args: ['run', script, '--', ...own, ...flags],
    env: environment(state),
    isQuiet,
    url,
    isUp: (output) => output.includes(`-X POST ${url}/auth/logout`),
  });
}

/** The flags of wrangler that set variables. */
export const flagsOf = (vars: Record<string, string>): string[] =>
  Object.entries(vars).flatMap(([name, value]) => ['--var', `${name}:${value}`]);

function tlsFlags({ key, cert }: Certificate): string[] {
  return ['--local-protocol', 'https', '--https-key-path', key, '--https-cert-path', cert];
}

type Example = { config: string; flags?: string[]; state: string; isQuiet?: boolean };

/** Starts the Worker of `config` with `wrangler dev`. `isUp` tells whether it responds at its URL. */
export async function startExample(
  { config, flags = [], state, isQuiet = false }: Example,
  port: number,
  isUp: (url: string) => Promise<boolean>,
): Promise<Started> {
  const url = `http://localhost:${port}`;
  return startProcess({
    command: process.execPath,
    args: [WRANGLER_CHILD, 'dev', '--config', config, '--port', String(port), ...ANY_INSPECTOR_PORT, ...flags],
    env: environment(state),
    isQuiet,
    url,
    isUp: (output) => output.includes(`Ready on ${url}`) && isUp(url),
  });
}

/** The number of sessions of each user in the database in `state`, by e-mail. */
export function countSessions(state: string): Record<string, number> {
  const command =
    'SELECT email, count(sessions.id) AS sessions FROM users LEFT JOIN sessions ON user_id = users.id GROUP BY email';
  const args = [WRANGLER, 'd1', 'execute', 'DB', '--local', '--persist-to', state, '--json', '--command', command];
  const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const rows = z.object({ results: z.array(z.object({ email: z.string(), sessions: z.int() })) });
  const [result] = z.array(rows).parse(JSON.parse(stdout));
  return Object.fromEntries((result?.results ?? []).map(({ email, sessions }) => [email, sessions]));
}

/**
 * Workers find each other by name in a registry. This one is private, so that they never find another `latchkey` on
 * this machine. The service ends with this process.
 */
function environment(state: string): NodeJS.Dict<string> {
  return {
    WRANGLER_SEND_METRICS: 'false',
    CLOUDFLARE_DEV_REGISTRY_PATH: join(state, 'registry'),
    LATCHKEY_STARTER: String(process.pid),
  };
}
