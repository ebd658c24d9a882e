import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Failure } from '../command.ts';

/** The folder of the package that holds the tools. Who installs the service does not install them. */
export const TOOLS = join(import.meta.dirname, 'tools');

export const DOCUMENT = join(import.meta.dirname, '..', '..', 'assets', 'openapi.json');

/** Runs a program in Node, with the folder of the tools as its own. Throws `Failure` with `complaint` if it fails. */
export function runTool(args: string[], complaint: string, env: Record<string, string> = {}): void {
  const { status } = spawnSync(process.execPath, args, {
    cwd: TOOLS,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  if (status !== 0) throw new Failure(complaint);
}
