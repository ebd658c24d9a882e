import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { devVarsOf } from '../dev/vars.ts';
import { parseDevVars } from '../secrets/parse.ts';
import type { Toml } from '../wrangler/toml.ts';
import { readBytes } from '../secrets/file.ts';

/** A file with a development profile, and its values. */
export type DevVars = { file: string; values: Record<string, string> };

/**
 * The profile that `wrangler dev` uses with `toml`: `.dev.vars.NAME` for the environment NAME if it exists, otherwise
 * `.dev.vars`. `undefined` when there is neither. Throws `Unreadable`.
 */
export function findDevVars({ config, env = process.env['CLOUDFLARE_ENV'] }: Toml): DevVars | undefined {
  const file = devVarsOf(config, env);
  return existsSync(file) ? readDevVars(file) : undefined;
}

/**
 * All profiles beside the configuration file, of every environment: `.dev.vars*`. `unreadable` are the files that
 * cannot be read.
 */
export function findAllDevVars({ config }: Toml): { readable: DevVars[]; unreadable: string[] } {
  const folder = dirname(config);
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith('.dev.vars')) : [];
  const readable: DevVars[] = [];
  const unreadable: string[] = [];
  for (const file of names.toSorted().map((name) => join(folder, name))) {
    try {
      readable.push(readDevVars(file));
    } catch {
      unreadable.push(file);
    }
  }
  return { readable, unreadable };
}

const readDevVars = (file: string): DevVars => ({ file, values: parseDevVars(readBytes(file)) });
