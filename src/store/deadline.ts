/** Storage did not respond in time. It may have done the work all the same. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/**
 * The result of `work`. Rejects with `DeadlineError` after `ms` milliseconds. Late work keeps running; its result is
 * ignored.
 */
export async function within<T>(ms: number, work: PromiseLike<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new DeadlineError(`no response within ${ms} ms`)), ms);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
