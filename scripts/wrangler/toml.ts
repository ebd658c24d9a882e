import { existsSync } from 'node:fs';
import { unstable_readConfig } from 'wrangler';
import { z } from 'zod';
import { Unreadable } from '../secrets/unreadable.ts';

const kv = z.object({ binding: z.string(), id: z.string().optional() });
const limit = z.object({ name: z.string(), namespace_id: z.string() });
const routeAsTable = z.object({
  pattern: z.string(),
  custom_domain: z.boolean().optional(),
  enabled: z.boolean().optional(),
});
const route = z.union([z.string().transform((pattern): z.infer<typeof routeAsTable> => ({ pattern })), routeAsTable]);
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
const parts = z.object({
  name: z.string().optional(),
  account_id: z.string().optional(),
  compliance_region: z.string().optional(),
  definedEnvironments: z.array(z.string()).default([]),
  compatibility_date: z.string().optional(),
  compatibility_flags: z.array(z.string()).optional(),
  vars: z.record(z.string(), z.unknown()),
  d1_databases: z.array(d1),
  kv_namespaces: z.array(kv),
  assets: z.object({ binding: z.string().optional() }).optional(),
  ratelimits: z.array(limit).default([]),
  send_email: z.array(z.object({ name: z.string() })).default([]),
  triggers: z.object({ crons: z.array(z.string()).optional() }).default({}),
  secrets: z.object({ required: z.array(z.string()).default([]) }).optional(),
  workers_dev: z.boolean().optional(),
  preview_urls: z.boolean().optional(),
  route: route.optional(),
  routes: z.array(route).optional(),
  observability: switched
    .extend({
      redact_query_string: z.boolean().optional(),
      logs: switched.extend({ invocation_logs: z.boolean().optional() }).optional(),
      traces: switched.optional(),
      issues: switched.optional(),
    })
    .optional(),
});

/** With the routes that a deploy uses: like wrangler, it ignores `route` beside `routes`. */
const wranglerToml = parts.transform(({ route: single, routes, ...rest }) => ({
  ...rest,
  routes: routes ?? (single === undefined ? [] : [single]),
}));

/** The configuration of one environment, with what it inherits. */
export type WranglerToml = z.infer<typeof wranglerToml>;

/** A pattern of addresses, or a custom domain, that leads to the Worker. */
export type Route = z.infer<typeof route>;

/** A configuration file of wrangler, and one of its environments, `[env.NAME]`, or its top level. */
export type Toml = { config: string; env?: string | undefined };

/** The name of the environment; `undefined` for the top level. Like wrangler, it uses `CLOUDFLARE_ENV` when none is named. */
export function environmentOf({ env = process.env['CLOUDFLARE_ENV'] }: Toml): string | undefined {
  return env === '' ? undefined : env;
}

/**
 * The configuration in `toml`, as wrangler reads it. Throws `Unreadable` for an environment that the file does not
 * define. wrangler itself might use the top level.
 */
export function readToml(toml: Toml): WranglerToml {
  const { config } = toml;
  const env = environmentOf(toml);
  // wrangler treats a file of another type as empty.
  if (!/\.(toml|jsonc?)$/.test(config) || !existsSync(config)) throw new Unreadable('is not a TOML or JSON file');
  const { definedEnvironments } = read(config, '');
  if (env === undefined) return read(config, '');
  if (!definedEnvironments.includes(env)) {
    const known = definedEnvironments.length > 0 ? `only ${definedEnvironments.join(', ')}` : NO_ENVIRONMENT;
    throw new Unreadable(`does not define this environment: it defines ${known}`);
  }
  return read(config, env);
}

/** The configurations beside that of `toml` in its file: the top level and the environments, each with its name. */
export function readOthers(toml: Toml): { title: string; other: WranglerToml }[] {
  const { config } = toml;
  const env = environmentOf(toml);
  const names = ['', ...readToml({ config, env: '' }).definedEnvironments].filter((name) => name !== (env ?? ''));
  return names.map((name) => ({ title: titleOf(name) ?? 'the top level', other: read(config, name) }));
}

/** How a configuration file names an environment; `undefined` for the top level. */
export const titleOf = (env: string | undefined) => (env === undefined || env === '' ? undefined : `[env.${env}]`);

/** How a configuration file names the table `table` of the environment of `toml`, such as `[env.staging.secrets]`. */
export function sectionOf(toml: Toml, table: string): string {
  const title = titleOf(environmentOf(toml));
  return title === undefined ? `[${table}]` : title.replace(']', `.${table}]`);
}

const NO_ENVIRONMENT = 'no environment at all (docs/how-to/staging.md shows how to add one)';

function read(config: string, env: string): WranglerToml {
  try {
    return wranglerToml.parse(unstable_readConfig({ config, env }, { hideWarnings: true }));
  } catch (error) {
    const flag = env === '' ? '' : ` --env ${env}`;
    throw new Unreadable(`cannot be read${placeOf(error)}: \`npx wrangler deploy --dry-run${flag}\` may say more`);
  }
}

function placeOf(error: unknown): string {
  if (!(error instanceof Error) || !('location' in error)) return '';
  const { location } = error;
  const hasLine = typeof location === 'object' && location !== null && 'line' in location;
  return hasLine ? ` (line ${String(location.line)})` : '';
}
