import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';

/** The oldest Node that the client is for. */
const OLDEST = 20;

/**
 * The Node of this machine, if it is new enough for the client: `npm ci` has installed a newer one, which npm scripts
 * find first. Otherwise that one.
 */
export function findMachineNode(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  return folders.map((folder) => join(folder, 'node')).find(isNewEnough) ?? process.execPath;
}

function isNewEnough(node: string): boolean {
  const { stdout } = spawnSync(node, ['--print', 'process.versions.node'], { encoding: 'utf8' });
  return Number.parseInt(stdout ?? '', 10) >= OLDEST;
}
