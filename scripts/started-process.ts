import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process that serves at `url`, and what it has written so far. */
export type Started = { url: string; output: () => string; stop: () => Promise<void> };

type Start = { command: string; args: string[]; env?: NodeJS.Dict<string>; url: string; isUp: IsUp };
type IsUp = (output: string) => boolean | Promise<boolean>;

const MAX_WAIT_MS = 90_000;

const running = new Set<ChildProcess>();

// However this process ends, what it started ends with it: an exception at the top, and these signals, take this way.
process.on('exit', () => running.forEach((child) => child.kill()));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));

/** Starts `command`, which will serve at `url`, with a channel to it that closes with this process, and waits until `isUp`. */
export async function startProcess({ command, args, env, url, isUp }: Start): Promise<Started> {
  const stdio: StdioOptions = ['ignore', 'pipe', 'inherit', 'ipc'];
  const child = spawn(command, args, { stdio, env: { ...process.env, ...env } });
  running.add(child);
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
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
