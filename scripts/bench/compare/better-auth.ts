import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installPackage } from '../../harness/install.ts';
import type { Bundle } from '../../bundle/bundle.ts';
import { migrationsIn } from '../migrations.ts';
import { betterAuthSeats } from './better-auth-seats.ts';
import type { Setting } from './contestants.ts';
import { ISSUER } from './latchkey.ts';

/** The folder of the package that holds Better Auth. Who installs the service does not install it. */
export const BETTER_AUTH = join(import.meta.dirname, '..', 'better-auth');

export const BETTER_AUTH_CONFIG = join(BETTER_AUTH, 'wrangler.toml');

export const betterAuthMigrations = migrationsIn(BETTER_AUTH);

/** The variables and secrets of Better Auth at `url`. `isCheap` takes the password hash out. */
export function betterAuthVars({ url, secret, isCheap }: { url: string; secret: string; isCheap: boolean }) {
  return { BETTER_AUTH_URL: url, BETTER_AUTH_SECRET: secret, KDF: isCheap ? 'off' : 'on' };
}

/** A fresh secret, which signs the bearer tokens. */
export const newBetterAuthSecret = () => randomBytes(32).toString('base64');

/** How to start Better Auth. */
export function betterAuth(bundle: Bundle): Setting {
  const secret = newBetterAuthSecret();
  return {
    workerOptions: ({ isCheap = false, isInspected = false, state }) => {
      const bindings = betterAuthVars({ url: ISSUER, secret, isCheap });
      return { name: 'better-auth', bundle, bindings, migrations: betterAuthMigrations, isInspected, state };
    },
    seats: (worker) => betterAuthSeats(worker, secret),
  };
}

/** Installs Better Auth, unless it is installed. */
export const installBetterAuth = () => installPackage(BETTER_AUTH, 'Better Auth in scripts/bench/better-auth');

/** The version of Better Auth that package.json there names. */
export function betterAuthVersion(): string {
  const text = readFileSync(join(BETTER_AUTH, 'package.json'), 'utf8');
  return /"better-auth": "([^"]+)"/.exec(text)?.[1] ?? 'unknown';
}
