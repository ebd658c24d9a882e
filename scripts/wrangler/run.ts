import { spawnSync } from 'node:child_process';
import { COMPILE_CACHE, WRANGLER } from './cli.ts';

/**
 * Runs wrangler with `args`. `capture` returns what it prints, `show` prints it, and `ask` also lets wrangler ask the
 * person at the terminal, if there is one. `status` is `undefined` when it was ended, or took longer than ten minutes.
 */
export type Wrangler = (
  args: string[],
  how: 'capture' | 'show' | 'ask',
) => { status: number | undefined; output: string };

const LIMIT_MS = 600_000;

/** Runs wrangler itself. */
export const runWrangler: Wrangler = (args, how) => run(WRANGLER, args, how);

/** Runs the program in the JavaScript file `program` in the place of wrangler. */
export function run(program: string, args: string[], how: Parameters<Wrangler>[1]): ReturnType<Wrangler> {
  const isAsking = how === 'ask' && process.stdin.isTTY && process.stdout.isTTY;
  const shown = how === 'capture' ? 'pipe' : 'inherit';
  // With CI=true, wrangler takes its default instead of asking.
  const env = { ...process.env, NODE_COMPILE_CACHE: COMPILE_CACHE, ...(!isAsking && { CI: 'true' }) };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    stdio: [isAsking ? 'inherit' : 'ignore', shown, shown],
    encoding: 'utf8',
    env,
    timeout: LIMIT_MS,
  });
  return { status: status ?? undefined, output: `${stdout ?? ''}${stderr ?? ''}` };
}
