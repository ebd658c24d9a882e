import { Refusal, StorageFailure } from '../errors.ts';
import type { Budget } from '../store/rate-limiter.ts';
import type { Deps } from './deps.ts';

/**
 * Takes one request of `key` from `budget`. Refuses with `too_many_requests` when none is left. A limiter out of reach
 * lets everyone through: it only slows down floods, and the database counts guesses (`login/attempts.ts`).
 */
export async function takeRequest(
  { config, limiter, note }: Pick<Deps, 'config' | 'limiter' | 'note'>,
  budget: Budget,
  key: string,
): Promise<void> {
  if (!config.hasRateLimits) return;
  const isLeft = await limiter.take(budget, key).catch((error: unknown) => {
    if (!(error instanceof StorageFailure)) throw error;
    note('rate limiter out of reach: let through');
    return true;
  });
  if (!isLeft) throw new Refusal('too_many_requests', { reason: `no ${budget} requests left` });
}
