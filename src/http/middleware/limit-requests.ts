import { createMiddleware } from 'hono/factory';
import { takeRequest } from '../../domain/take-request.ts';
import type { Deps } from '../../domain/deps.ts';
import type { AppEnv } from '../app-env.ts';
import { networkOf } from '../request/network.ts';

type Budget = Parameters<Deps['limiter']['take']>[0];

/** The budget that a route takes its requests from, by address. (A login also takes from `account`, by account.) */
export type RouteBudget = Exclude<Budget, 'account'>;

/**
 * Lets in as many requests from one network as `budget` has, before any costly work. Refuses with `too_many_requests`.
 */
export function limitRequests(budget: RouteBudget) {
  return createMiddleware<AppEnv>(async function limitRequests(c, next) {
    await takeRequest(c.get('deps'), budget, networkOf(c));
    await next();
  });
}
