import { AsyncLocalStorage } from 'node:async_hooks';

const MAX_SUBREQUESTS = 1000;

const requests = new AsyncLocalStorage<{ subrequests: number }>();

/** Does `work` as one request (or RPC call, or run of a cron) of a Worker, whose subrequests are counted. */
export function asOneRequest<T>(work: () => T): T {
  return requests.run({ subrequests: 0 }, work);
}

/** Counts subrequests of the request under way, if there is one: Workers refuse those beyond the thousandth. */
export function spendSubrequests(count = 1): void {
  const request = requests.getStore();
  if (request === undefined) return;
  request.subrequests += count;
  if (request.subrequests > MAX_SUBREQUESTS) throw new Error('Too many API requests by single Worker invocation.');
}
