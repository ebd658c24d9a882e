// npm run dev [-- any flag of wrangler dev]: secrets, database and service, ready to try.
import { spawnSync } from 'node:child_process';
import type { DevFlags } from '../wrangler/flags.ts';
import { refuseLossesOf } from '../migrations/refuse-losses.ts';
import { startDev } from './start.ts';
import { WRANGLER } from '../wrangler/cli.ts';

await startDev(async (flags, isOnLibsql) => {
  // Whoever runs that database brings it up to date.
  if (!isOnLibsql) await migrate(flags);
  return {};
});

/** Brings the database of the state directory that wrangler dev will use up to date. */
async function migrate({ persistTo, config, env }: DevFlags): Promise<void> {
  await refuseLossesOf({ config: config ?? 'wrangler.toml', env });
  const shared = Object.entries({ 'persist-to': persistTo, config, env }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value],
  );
  const args = [WRANGLER, 'd1', 'migrations', 'apply', 'DB', '--local', ...shared];
  const applied = spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, CI: 'true' } });
  if (applied.status === 0) return;
  console.error(`The local database could not be brought up to date.\n${applied.stdout}${applied.stderr}`);
  process.exit(1);
}
