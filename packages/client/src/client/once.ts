import { hasCode, LatchkeyError, type RefusalCode } from './errors.ts';
import { repeat } from './repeat.ts';

/**
 * Repeats what succeeds once only. Call the returned function again for another access token. If a response was lost
 * before a refusal of `usedUp`, it throws `unreachable`: nobody can tell whether the lost attempt has worked.
 */
export function once<Given extends unknown[], T>(
  usedUp: readonly RefusalCode[],
  attempt: (...given: Given) => Promise<T>,
): (...given: Given) => Promise<T> {
  let isLost = false;
  return async (...given) => {
    try {
      return await repeat((isRepeat) => {
        isLost ||= isRepeat;
        return attempt(...given);
      });
    } catch (cause) {
      if (!isLost || !hasCode(cause, ...usedUp)) throw cause;
      throw new LatchkeyError('unreachable', 'The response was lost. What you have asked for may be done.', { cause });
    }
  };
}
