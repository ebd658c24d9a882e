import { StorageFailure } from '../errors.ts';
import { within } from './deadline.ts';

/** What requests are taken from: how many there may be in a minute is said in wrangler.toml. */
export type Budget = 'credentials' | 'account' | 'refresh' | 'other';

export type RateLimiter = ReturnType<typeof createRateLimiter>;

/**
 * The rate limiters of the location that the request has come to: a brake for floods, which counts roughly. Waits for an
 * answer for no longer than `deadlineMs`.
 */
export function createRateLimiter(bindings: Record<Budget, RateLimit>, { deadlineMs }: { deadlineMs: number }) {
  return {
    /** Takes one request of `key` from `budget`. `false` when there is none left. Rejects with `StorageFailure`. */
    async take(budget: Budget, key: string): Promise<boolean> {
      try {
        const { success } = await within(deadlineMs, bindings[budget].limit({ key }));
        return success;
      } catch (cause) {
        throw new StorageFailure('rate limiter', cause);
      }
    },
  };
}
