import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../command.ts';

/** Installs the package in `folder`, which has a lock file of its own, unless it is installed. `name` is for messages. */
export function installPackage(folder: string, name: string): void {
  // npm writes this file last, so an install that broke off is made again.
  if (existsSync(join(folder, 'node_modules/.package-lock.json'))) return;
  console.error(`Installing ${name}.`);
  // Also under `npm run --silent`, which npm passes on.
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--fetch-retries=1', '--loglevel=error'];
  const { status } = spawnSync('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0)
    throw new Failure(`${name} could not be installed: npm says why, above. Check the network, and run this again.`);
}
