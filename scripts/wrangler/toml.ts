import { existsSync } from 'node:fs';
import { unstable_readConfig } from 'wrangler';
import { z } from 'zod';
import { Unreadable } from '../secrets/unreadable.ts';

const bound = z.array(z.object({ binding: z.string() }));
const d1 = z.object({
  binding: z.string(),
  database_name: z.string().optional(),
  database_id: z.string().optional(),
  preview_database_id: z.string().optional(),
  migrations_table: z.string().optional(),
  migrations_dir: z.string().optional(),
  migrations_pattern: z.string().optional(),
});
const switched = z.object({ enabled: z.boolean().optional() });

/** The parts of a configuration that the scripts use. wrangler has validated it. */
const wranglerToml = z.object({
  name: z.string().optional(),
  account_id: z.string().optional(),
  compliance_region: z.string().optional(),
  definedEnvironments: z.array(z.string()).default([]),
  compatibility_date: z.string().optional(),
  compatibility_flags: z.array(z.string()).optional(),
  vars: z.record(z.string(), z.unknown()),
  d1_databases: z.array(d1),
  kv_namespaces: bound,
  assets: z.object({ binding: z.string().optional() }).optional(),
  ratelimits: z.array(z.object({ name: z.string() })).default([]),
  secrets: z.object({ required: z.array(z.string()).default([]) }).optional(),
  workers_dev: z.boolean().optional(),
  preview_urls: z.boolean().optional(),
  route: z.unknown(),
  routes: z.array(z.unknown()).default([]),
  observability: switched
    .extend({
      redact_query_string: z.boolean().optional(),
      logs: switched.extend({ invocation_logs: z.boolean().optional() }).optional(),
      traces: switched.optional(),
      issues: switched.optional(),
    })
    .optional(),
});

/** The configuration of one environment, with what it inherits. */
export type WranglerToml = z.infer<typeof wranglerToml>;

/** A configuration file of wrangler, and one of its environments, `[env.NAME]`, or its top level. */
export type Toml = { config: string; env?: string | undefined };

/**
 * The configuration in `toml`, as wrangler reads it. Like wrangler, it uses the environment `CLOUDFLARE_ENV` when none
 * is named. Throws `Unreadable` for an environment that the file does not define. wrangler itself might use the top
 * level.
 */
export function readToml({ config, env = process.env['CLOUDFLARE_ENV'] }: Toml): WranglerToml {
  // wrangler treats a file of another type as empty.
  if (!/\.(toml|jsonc?)$/.test(config) || !existsSync(config)) throw new Unreadable('is not a TOML or JSON file');
  const { definedEnvironments } = read(config, '');
  if (env === undefined || env === '') return read(config, '');
  if (!definedEnvironments.includes(env)) {
    const known = definedEnvironments.length > 0 ? `only ${definedEnvironments.join(', ')}` : 'no environment at all';
    throw new Unreadable(`does not define this environment: it defines ${known}`);
  }
  return read(config, env);
}

function read(config: string, env: string): WranglerToml {
  try {
    return wranglerToml.parse(unstable_readConfig({ config, env }, { hideWarnings: true }));
  } catch (error) {
    throw new Unreadable(`cannot be read${placeOf(error)}: \`npx wrangler deploy --dry-run\` may say more`);
  }
}

function placeOf(error: unknown): string {
  if (!(error instanceof Error) || !('location' in error)) return '';
  const { location } = error;
  const hasLine = typeof location === 'object' && location !== null && 'line' in location;
  return hasLine ? ` (line ${String(location.line)})` : '';
}
