/** There was no answer in time. What was asked for may have been done. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}

/**
 * What `work` comes to, if it does within `ms` milliseconds; rejects with `NoAnswerError` otherwise. Late work keeps
 * running; its result is ignored.
 */
export async function within<T>(ms: number, work: PromiseLike<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new NoAnswerError(`no answer within ${ms} ms`)), ms);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
