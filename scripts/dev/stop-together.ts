import type { ChildProcess } from 'node:child_process';
import { isRunning } from './starters.ts';

/**
 * Ends `child`, which runs `wrangler/child.ts`, when this process or one of its `starters` ends, and this process when
 * `child` ends. The channel between the two closes with this process, and `child` then cleans up. On Windows, a signal
 * would not let it.
 */
export function stopTogether(child: ChildProcess, starters: number[]): void {
  const stop = () => child.connected && child.disconnect();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  const watch = setInterval(() => starters.every(isRunning) || stop(), 500);
  watch.unref();

  // The processes that the child started, for the case that it is killed.
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
    // It has ended already.
  }
}
