import { existsSync } from 'node:fs';
import { devVarsOf } from './dev-vars.ts';
import { parseDevVars } from './parse-secrets.ts';
import type { Toml } from './read-toml.ts';
import { readBytes } from './secrets-file.ts';

/** The development profile: where it is, and what it holds. */
export type DevVars = { file: string; values: Record<string, string> };

/**
 * The profile that `wrangler dev` takes for `toml`, beside the configuration file: `.dev.vars.NAME` for the environment NAME when
 * there is such a file, otherwise `.dev.vars`. `undefined` when there is neither. Throws `Unreadable`.
 */
export function findDevVars({ config, env = process.env['CLOUDFLARE_ENV'] }: Toml): DevVars | undefined {
  const file = devVarsOf(config, env);
  return existsSync(file) ? { file, values: parseDevVars(readBytes(file)) } : undefined;
}
