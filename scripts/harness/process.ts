import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process that serves at `url`, and what it has written so far. */
export type Started = { url: string; output: () => string; stop: () => Promise<void> };

type Start = {
  command: string;
  args: string[];
  env?: NodeJS.Dict<string>;
  /** Who it runs as, when not as who runs this. */
  identity?: { uid?: number; gid?: number };
  /** Whether its errors are kept in `output`, and shown only if it does not come up. Otherwise they are shown as they come. */
  isQuiet?: boolean;
  url: string;
  isUp: IsUp;
};
type IsUp = (output: string) => boolean | Promise<boolean>;

const MAX_WAIT_MS = 90_000;

const running = new Set<ChildProcess>();

// However this process ends, what it started ends with it: an exception at the top, and these signals, take this way.
process.on('exit', () => running.forEach((child) => child.kill()));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));

/** Starts `command`, which will serve at `url`, with a channel to it that closes with this process, and waits until `isUp`. */
export async function startProcess(start: Start): Promise<Started> {
  const { command, args, env, identity, isQuiet = false, url, isUp } = start;
  const stdio: StdioOptions = ['ignore', 'pipe', isQuiet ? 'pipe' : 'inherit', 'ipc'];
  const child = spawn(command, args, { ...identity, stdio, env: { ...process.env, ...env } });
  running.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  const name = [command, ...args].join(' ');
  for (const start = Date.now(); !(await isUp(output)); await sleep(200)) {
    const isLate = Date.now() - start > MAX_WAIT_MS;
    if (child.exitCode !== null || isLate) throw new Error(`${name} did not come up:\n${output}`);
  }
  return { url, output: () => output, stop: () => stop(child, url) };
}

/** Ends every process that is still running. */
export async function stopAll(): Promise<void> {
  await Promise.all([...running].map(end));
}

async function stop(child: ChildProcess, url: string): Promise<void> {
  await end(child);
  while (await answers(url)) await sleep(200);
}

async function end(child: ChildProcess): Promise<void> {
  running.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill();
  await once(child, 'exit');
}

/** Whether somebody answers at `url`, whatever it is. */
function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}
