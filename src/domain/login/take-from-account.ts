import type { AttemptKeys } from '../../crypto/attempt-keys.ts';
import { Refusal } from '../../errors.ts';
import type { Deps } from '../deps.ts';
import { takeRequest } from '../take-request.ts';

/**
 * Takes an attempt from the budget of the account. Refuses with `too_many_requests` when it is used up, unless the
 * account knows the network: strangers cannot lock the owner out there.
 */
export async function takeFromAccount(
  deps: Pick<Deps, 'config' | 'now' | 'note' | 'limiter' | 'logins'>,
  keys: AttemptKeys,
): Promise<void> {
  try {
    await takeRequest(deps, 'account', keys.account);
  } catch (error) {
    const isUsedUp = error instanceof Refusal && error.code === 'too_many_requests';
    if (!isUsedUp || !(await deps.logins.isKnown(keys.pair, deps.now()))) throw error;
  }
}
