/** Throws `TypeError` unless `ms` is a wait that does not flood the service. A timer waits for 2^31 - 1 at most. */
export function checkPause(ms: number): void {
  if (typeof ms === 'number' && ms >= 100 && ms < 2 ** 31) return;
  throw new TypeError('intervalMs must be a number of milliseconds, 100 at least.');
}

/** Waits, or until `signal` aborts. */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end);
  });
}
