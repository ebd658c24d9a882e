import type { ChildProcess } from 'node:child_process';

/** Ends `child` with this process, also when npm's shell dies of a signal that it does not pass on; and this one with `child`. */
export function stopTogether(child: ChildProcess): void {
  const parent = process.ppid;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  setInterval(() => process.ppid !== parent && child.kill(), 500).unref();
  child.on('exit', (code) => process.exit(code ?? 0));
}
