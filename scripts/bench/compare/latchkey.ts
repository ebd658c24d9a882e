import { join } from 'node:path';
import type { Json } from 'miniflare';
import { z } from 'zod';
import { makeOAuthClient } from '../../harness/oauth-client.ts';
import { readToml } from '../../wrangler/toml.ts';
import type { Bundle } from '../../bundle/bundle.ts';
import { migrationsIn } from '../migrations.ts';
import { type Lives, recordStatements } from './floor/statements.ts';
import type { Setting } from './contestants.ts';
import { latchkeySeats } from './latchkey-seats.ts';
import type { LatchkeyAccess } from './latchkey-sessions.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');

/** The configuration of the service. */
export const LATCHKEY_CONFIG = join(ROOT, 'wrangler.toml');

export const latchkeyMigrations = migrationsIn(join(ROOT, 'migrations'));

/** Nothing is at this address. It is the `iss` of the tokens. */
export const ISSUER = 'https://auth.example.org';

/** The fewest that the configuration allows. They take a sixth of a millisecond. */
const CHEAP_ITERATIONS = '1000';

type Secrets = { SECRET_KEY: string; SIGNING_KEYS: string };

const jwks = z.object({ keys: z.tuple([z.record(z.string(), z.string())]) });

/**
 * How to start the service with the values of production, without rate limits; or the floor, on the same tables and
 * with the same secrets.
 */
export function latchkey(name: 'latchkey' | 'floor', bundle: Bundle, secrets: Secrets): Setting {
  const client = makeOAuthClient('bench');
  const vars = productionVars();
  const own = { ISSUER, RATE_LIMITS: 'off', OAUTH_CLIENTS: client.entry, ...secrets };
  const { SECRET_KEY: secretKey, SIGNING_KEYS: signingKeys } = secrets;
  const access: LatchkeyAccess = { issuer: ISSUER, audience: vars['AUDIENCE'] ?? '', secretKey, signingKeys, client };

  return {
    workerOptions: ({ isCheap = false, isInspected = false, state }) => {
      const values: Record<string, string> = {
        ...vars,
        ...own,
        ...(isCheap && { PBKDF2_ITERATIONS: CHEAP_ITERATIONS }),
      };
      const bindings = name === 'floor' ? { ...values, ...floorBindings(values) } : values;
      return { name, bundle, bindings, migrations: latchkeyMigrations, isInspected, state };
    },
    seats: (worker) => latchkeySeats(worker, access),
  };
}

/** The variables in wrangler.toml. */
function productionVars(): Record<string, string> {
  const { vars } = readToml({ config: LATCHKEY_CONFIG, env: '' });
  return Object.fromEntries(Object.entries(vars).map(([name, value]) => [name, String(value)]));
}

/** What the floor has instead of a configuration that it parses. */
function floorBindings(values: Record<string, string>): Record<string, Json> {
  const lives: Lives = {
    idleTtlSeconds: Number(values['REFRESH_IDLE_TTL_SECONDS']),
    absoluteTtlSeconds: Number(values['REFRESH_ABSOLUTE_TTL_SECONDS']),
    graceSeconds: Number(values['REFRESH_GRACE_SECONDS']),
  };
  const { keys } = jwks.parse(JSON.parse(values['SIGNING_KEYS'] ?? ''));
  const [SIGNING_KEY] = keys;
  return { SIGNING_KEY, ITERATIONS: Number(values['PBKDF2_ITERATIONS']), STATEMENTS: recordStatements(lives) };
}
