import { ServiceRefusal, Unreachable } from './service-error.ts';

const MAX_WAIT_SECONDS = 60;

/**
 * How many seconds to wait before a request is made again that failed with `error`; `undefined` when it would fail again.
 * Waits for `Retry-After`, and otherwise for `usual` seconds.
 */
export function waitAfter(error: unknown, usual: number): number | undefined {
  if (error instanceof Unreachable) return usual;
  if (!(error instanceof ServiceRefusal)) return undefined;
  const { status, retryAfter = usual } = error.said;
  return status === 429 || status >= 500 ? Math.min(Math.max(retryAfter, usual), MAX_WAIT_SECONDS) : undefined;
}
