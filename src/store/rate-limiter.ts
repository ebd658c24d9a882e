import { StorageFailure } from '../errors.ts';
import { within } from './deadline.ts';

/** What requests are taken from. wrangler.toml says how many requests a minute each has. */
export type Budget = 'credentials' | 'account' | 'refresh' | 'other';

export type RateLimiter = ReturnType<typeof createRateLimiter>;

/** The rate limiters at the location of the request. They slow down floods and count roughly. */
export function createRateLimiter(bindings: Record<Budget, RateLimit>, { deadlineMs }: { deadlineMs: number }) {
  return {
    /** Takes one request of `key` from `budget`. Returns `false` when none is left. Rejects with `StorageFailure`. */
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
