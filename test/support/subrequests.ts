import { AsyncLocalStorage } from 'node:async_hooks';

const MAX_SUBREQUESTS = 1000;

const requests = new AsyncLocalStorage<{ subrequests: number }>();

/** Runs `work` as one request, RPC call or cron run of a Worker, and counts its subrequests. */
export function asOneRequest<T>(work: () => T): T {
  return requests.run({ subrequests: 0 }, work);
}

/** Counts subrequests of the current request, if there is one. Workers refuse those beyond the thousandth. */
export function spendSubrequests(count = 1): void {
  const request = requests.getStore();
  if (request === undefined) return;
  request.subrequests += count;
  if (request.subrequests > MAX_SUBREQUESTS) throw new Error('Too many API requests by single Worker invocation.');
}
