import type { Attempt } from './count-attempt.ts';
import { forgetAttempts } from './forget-attempts.ts';
import { refundAttempt } from './refund-attempt.ts';

/** An attempt that showed the right password, and the keys that it was counted for. */
export type RightAttempt = { attempt: Attempt; counted: string[] };

/**
 * The statements that settle such an attempt: they forget the attempts at the account, and refund that of the network, or
 * all `attempts` that one login has taken.
 */
export function settleAttempt({ attempt: { pair, account, network }, counted }: RightAttempt, attempts = 1) {
  return [
    // At a known network the attempt did not count for the account, and those of strangers go on counting.
    forgetAttempts({ key: pair.key, otherKey: counted.includes(account.key) ? account.key : pair.key }),
    ...(counted.includes(network.key)
      ? [refundAttempt({ key: network.key, longestDelayMs: network.longestDelayMs * attempts })]
      : []),
  ];
}
