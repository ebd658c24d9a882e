import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../command.ts';
import { statusOf } from '../dev/status-of.ts';

/** A process that serves at `url`, and its output so far. */
export type Started = { url: string; output: () => string; stop: () => Promise<void> };

type Start = {
  command: string;
  args: string[];
  env?: NodeJS.Dict<string>;
  /** The user that it runs as, if not the current one. */
  identity?: { uid?: number; gid?: number };
  /** Whether its stderr goes to `output`, and is shown only if it does not start. Otherwise it is shown at once. */
  isQuiet?: boolean;
  url: string;
  isUp: IsUp;
};
type IsUp = (output: string) => boolean | Promise<boolean>;

const MAX_WAIT_MS = 90_000;

const running = new Set<ChildProcess>();

// What this process started ends with it. Uncaught exceptions and these signals lead to `exit`, too.
process.on('exit', () => running.forEach((child) => child.kill()));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));

/**
 * Starts `command`, which will serve at `url`, and waits until `isUp`. An IPC channel to it closes with this process.
 */
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
    if (child.exitCode !== null || isLate) throw new Failure(`${name} did not start:\n${output}`);
  }
  return { url, output: () => output, stop: () => stop(child, url) };
}

/** Ends every process that still runs. */
export async function stopAll(): Promise<void> {
  await Promise.all([...running].map(end));
}

async function stop(child: ChildProcess, url: string): Promise<void> {
  await end(child);
  while ((await statusOf(url)) !== undefined) await sleep(200);
}

async function end(child: ChildProcess): Promise<void> {
  running.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill();
  await once(child, 'exit');
}
