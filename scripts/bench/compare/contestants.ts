import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { Failure } from '../../command.ts';
import { newSecrets } from '../../secrets/fresh.ts';
import { readToml } from '../../wrangler/toml.ts';
import { betterAuthSeats } from './better-auth-seats.ts';
import { type Bundle, bundleWorker } from './bundle.ts';
import { recordStatements } from './floor/statements.ts';
import { latchkeySeats } from './latchkey-seats.ts';
import type { Prepare } from './operations.ts';
import { type Service, startWorker, type WorkerOptions } from './services.ts';

/** Who is measured: the service, the least that it could take, and another one. */
export const names = ['latchkey', 'floor', 'better-auth'] as const;

export type Name = (typeof names)[number];

/** A Worker that can be started, as often as needed, and how to prepare its operations. */
export type Contestant = {
  name: Name;
  bundle: Bundle;
  /** `isCheap` takes the password hash out: 1,000 iterations, or none. */
  start: (options?: { isCheap?: boolean; isInspected?: boolean }) => Promise<{ service: Service; prepare: Prepare }>;
};

const ROOT = join(import.meta.dirname, '..', '..', '..');
const BETTER_AUTH = join(ROOT, 'scripts', 'bench', 'better-auth');
const ISSUER = 'https://auth.example.org';

/** The fewest that the configuration allows. They take a sixth of a millisecond. */
const CHEAP_ITERATIONS = '1000';

const configs: Record<Name, string> = {
  latchkey: join(ROOT, 'wrangler.toml'),
  floor: join(import.meta.dirname, 'floor', 'wrangler.toml'),
  'better-auth': join(BETTER_AUTH, 'wrangler.toml'),
};

/** Bundles the contestants `wanted`, in `folder`. `isReadable` leaves names and lines, for a profile. */
export async function bundleContestants(
  wanted: readonly Name[],
  { folder, isReadable = false }: { folder: string; isReadable?: boolean },
): Promise<Contestant[]> {
  if (wanted.includes('better-auth')) installBetterAuth();
  const secrets = await newSecrets();
  const makers = {
    latchkey: (bundle: Bundle) => latchkey(bundle, secrets, 'latchkey'),
    floor: (bundle: Bundle) => latchkey(bundle, secrets, 'floor'),
    'better-auth': betterAuth,
  };
  return Promise.all(
    wanted.map(async (name) => makers[name](await bundleWorker(configs[name], { folder, isReadable }))),
  );
}

/** The service with the values of production, and the floor on the same tables, which accepts its tokens. */
function latchkey(
  bundle: Bundle,
  secrets: { SECRET_KEY: string; SIGNING_KEYS: string },
  name: 'latchkey' | 'floor',
): Contestant {
  const client = { id: 'bench', secret: randomBytes(32).toString('base64url') };
  const hash = createHash('sha256').update(client.secret).digest('base64url');
  const vars = textsOf(readToml({ config: configs.latchkey, env: '' }).vars);
  const own = { ISSUER, RATE_LIMITS: 'off', OAUTH_CLIENTS: `${client.id}:${hash}`, ...secrets };
  const lives = {
    idleTtlSeconds: Number(vars['REFRESH_IDLE_TTL_SECONDS']),
    absoluteTtlSeconds: Number(vars['REFRESH_ABSOLUTE_TTL_SECONDS']),
    graceSeconds: Number(vars['REFRESH_GRACE_SECONDS']),
  };
  const access = {
    issuer: ISSUER,
    audience: vars['AUDIENCE'] ?? '',
    secretKey: secrets.SECRET_KEY,
    signingKeys: secrets.SIGNING_KEYS,
    client,
  };
  const migrations = migrationsIn(join(ROOT, 'migrations'));
  const start = async ({ isCheap = false, isInspected = false } = {}) => {
    const bindings = { ...vars, ...own, ...(isCheap && { PBKDF2_ITERATIONS: CHEAP_ITERATIONS }) };
    const floor = { ITERATIONS: Number(bindings['PBKDF2_ITERATIONS']), STATEMENTS: recordStatements(lives) };
    const all = name === 'floor' ? { ...bindings, ...floor } : bindings;
    const service = await startWorker({ name, bundle, bindings: all, migrations, isInspected });
    return { service, prepare: latchkeySeats(service, access) };
  };
  return { name, bundle, start };
}

function betterAuth(bundle: Bundle): Contestant {
  const name = 'better-auth';
  const secret = randomBytes(32).toString('base64');
  const migrations = [readFileSync(join(BETTER_AUTH, 'tables.sql'), 'utf8')];
  const start = async ({ isCheap = false, isInspected = false } = {}) => {
    const bindings = { BETTER_AUTH_URL: ISSUER, BETTER_AUTH_SECRET: secret, KDF: isCheap ? 'off' : 'on' };
    const options: WorkerOptions = { name, bundle, bindings, migrations, isInspected };
    const service = await startWorker(options);
    return { service, prepare: betterAuthSeats(service, secret) };
  };
  return { name, bundle, start };
}

/** Better Auth is a package of its own, so that whoever installs the service does not install it. */
function installBetterAuth(): void {
  if (existsSync(join(BETTER_AUTH, 'node_modules'))) return;
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: BETTER_AUTH });
  if (status !== 0) throw new Failure('npm ci failed in scripts/bench/better-auth.');
}

function migrationsIn(folder: string): string[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  return files.toSorted().map((name) => readFileSync(join(folder, name), 'utf8'));
}

function textsOf(vars: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(vars).map(([name, value]) => [name, String(value)]));
}
