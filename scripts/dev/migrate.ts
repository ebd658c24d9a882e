import { spawnSync } from 'node:child_process';
import { Failure } from '../command.ts';
import { isCurrent } from '../migrations/is-current.ts';
import { recall, remember } from '../migrations/remembered.ts';
import { COMPILE_CACHE, WRANGLER } from '../wrangler/cli.ts';
import type { DevFlags } from '../wrangler/flags.ts';
import { localD1File } from '../wrangler/local-d1.ts';
import type { Migrations } from '../migrations/folder.ts';

/**
 * Brings the database of the state directory up to date. Loading wrangler takes a second, and starting it several, so
 * this does neither while the database has all migrations of the same configuration.
 */
export async function migrate({ persistTo, state, config = 'wrangler.toml', env }: DevFlags): Promise<void> {
  const hasAll = (migrations: Migrations) => isCurrent(localD1File(state, migrations.localId), migrations);
  const recalled = recall(state, { config, env });
  if (recalled !== undefined && hasAll(recalled)) return;
  const { refuseLossesOf } = await import('../migrations/refuse-losses.ts');
  const migrations = await refuseLossesOf({ config, env });
  if (!hasAll(migrations)) applyMigrations({ 'persist-to': persistTo, config, env });
  remember(state, { config, env }, migrations);
}

function applyMigrations(flags: Record<string, string | undefined>): void {
  const shared = Object.entries(flags).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]));
  const args = [WRANGLER, 'd1', 'migrations', 'apply', 'DB', '--local', ...shared];
  const env = { ...process.env, CI: 'true', NODE_COMPILE_CACHE: COMPILE_CACHE };
  const applied = spawnSync(process.execPath, args, { encoding: 'utf8', env });
  if (applied.status === 0) return;
  throw new Failure(`The local database could not be brought up to date.\n${applied.stdout}${applied.stderr}`);
}
