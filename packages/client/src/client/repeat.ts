import { hasCode, LatchkeyError } from './errors.ts';

/** With the service's `Retry-After` of 5 seconds, the last attempt is made after ten. */
const MAX_ATTEMPTS = 3;
const MAX_WAIT_SECONDS = 10;

/**
 * Repeats `attempt` when its response was lost or says that the service is out of order for the moment (502, 503, 504).
 * Waits for `Retry-After` where there is one. Throws the last error after three attempts, and any other error at once.
 * A 429 is such another error: its wait is too long for a person in front of a screen. A service that sends no mail is
 * another: it will not send any in a moment.
 */
export async function repeat<T>(attempt: (isRepeat: boolean) => Promise<T>): Promise<T> {
  for (let number = 1; ; number += 1) {
    try {
      return await attempt(number > 1);
    } catch (error) {
      if (number === MAX_ATTEMPTS || !isPassing(error)) throw error;
      await pass(waitAfter(error, number) * 1000);
    }
  }
}

function isPassing(error: unknown): error is LatchkeyError {
  if (hasCode(error, 'unreachable')) return true;
  if (!(error instanceof LatchkeyError) || error.code === 'mail_unavailable') return false;
  return [502, 503, 504].includes(error.status ?? 0);
}

/** The first repeat after a lost response is made at once, while the service still takes the same refresh token. */
function waitAfter(error: LatchkeyError, number: number): number {
  if (error.code === 'unreachable') return number === 1 ? 0 : 1;
  return Math.min(error.retryAfterSeconds ?? 1, MAX_WAIT_SECONDS);
}

/** Waits. */
export function pass(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
