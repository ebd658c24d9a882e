import { createMiddleware } from 'hono/factory';
import { takeRequest } from '../../domain/take-request.ts';
import type { Deps } from '../../domain/deps.ts';
import type { AppEnv } from '../app-env.ts';
import { networkOf } from '../request/network.ts';

type Budget = Parameters<Deps['limiter']['take']>[0];

/** What the requests of a route are taken from, by address. (Logins are taken from `account` too, by account.) */
export type RouteBudget = Exclude<Budget, 'account'> | 'unlimited';

/**
 * Lets in as many requests from one network as `budget` has, before any work that is worth something. Refuses with
 * `too_many_requests`.
 */
export function limitRequests(budget: RouteBudget) {
  return createMiddleware<AppEnv>(async function limitRequests(c, next) {
    if (budget !== 'unlimited') await takeRequest(c.var.deps, budget, networkOf(c));
    await next();
  });
}
