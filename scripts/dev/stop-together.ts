import type { ChildProcess } from 'node:child_process';
import { isRunning } from './starters.ts';

/**
 * Ends `child`, which runs `child.ts`, with this process or one of its `starters`, by whatever signal; and this process
 * with `child`. When this process ends, the channel between the two closes, and `child` cleans up: a signal would not let it on Windows.
 */
export function stopTogether(child: ChildProcess, starters: number[]): void {
  const stop = () => child.connected && child.disconnect();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  const watch = setInterval(() => starters.every(isRunning) || stop(), 500);
  watch.unref();

  // What the child has started, in case that it is killed itself.
  const started = new Set<number>();
  child.on('message', (message: unknown) => {
    if (typeof message !== 'object' || message === null) return;
    if ('started' in message && typeof message.started === 'number') started.add(message.started);
    if ('ended' in message && typeof message.ended === 'number') started.delete(message.ended);
  });
  child.on('exit', (code) => {
    if (code === null) started.forEach(kill);
    process.exit(code ?? 1);
  });
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}
