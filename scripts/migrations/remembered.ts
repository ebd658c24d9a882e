import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { WRANGLER } from '../wrangler/cli.ts';
import type { Toml } from '../wrangler/toml.ts';
import type { Migrations } from './folder.ts';

const memory = z.object({
  of: z.string(),
  migrations: z.object({ folder: z.string(), table: z.string(), localId: z.string() }),
});

/**
 * What `findMigrations` returned for `toml`, if `remember` noted it in the state directory `state` and the configuration
 * is still the same. To read it anew, wrangler must be loaded, which takes a second.
 */
export function recall(state: string, toml: Toml): Migrations | undefined {
  try {
    const { of, migrations } = memory.parse(JSON.parse(readFileSync(fileIn(state), 'utf8')));
    return of === digestOf(toml) ? migrations : undefined;
  } catch {
    return undefined;
  }
}

/** Notes in the state directory `state` what `findMigrations` returned for `toml`, if it can be written there. */
export function remember(state: string, toml: Toml, { folder, table, localId }: Migrations): void {
  const text = JSON.stringify({ of: digestOf(toml), migrations: { folder, table, localId } });
  try {
    writeFileSync(fileIn(state), `${text}\n`);
  } catch {
    // The next start is slower.
  }
}

const fileIn = (state: string) => join(state, 'dev.json');

/** A digest of everything that decides how wrangler reads `toml`. */
function digestOf({ config, env = '' }: Toml): string {
  const wrangler = readFileSync(join(WRANGLER, '..', '..', 'package.json'), 'utf8');
  const all = JSON.stringify([process.cwd(), config, env, wrangler, readFileSync(config, 'utf8')]);
  return createHash('sha256').update(all).digest('hex');
}
