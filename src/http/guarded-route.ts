import { createRoute, type RouteConfig } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import type { RefusalCode } from '../errors.ts';
import { limitRequests, type RouteBudget } from './middleware/limit-requests.ts';
import { setFailure } from './middleware/set-failure.ts';
import { declareRefusals } from './response/refusal.ts';

/** What a route says of itself: its request and its successes. A guard of `endpoint.ts` says who may call it. */
export type Endpoint = Omit<RouteConfig, 'security' | 'middleware'>;

/** What only the route knows. `refuses` are the codes of its use case; the guard, the budget and the body add theirs. */
export type Own = {
  refuses?: RefusalCode[];
  budget?: RouteBudget;
  /** The code for a failure of ours, instead of `internal_error`. */
  failure?: RefusalCode;
};

/** What a guard brings: `admit` lets in or refuses with `refuses`, and checks the body. */
type Guard<M extends MiddlewareHandler[]> = { security: Record<string, string[]>[]; refuses: RefusalCode[]; admit: M };

/** The route of `endpoint` behind a guard: limited, and declared with every refusal that the guard, the budget and the request bring. */
export function guardedRoute<const E extends Endpoint, M extends MiddlewareHandler[]>(
  endpoint: E,
  { refuses = [], budget = 'other', failure = 'internal_error' }: Own,
  { security, refuses: guardRefuses, admit }: Guard<M>,
  declare = declareRefusals,
) {
  const ofEveryRoute = ['too_many_requests', 'misconfigured', failure] as const;
  const refusals: object = declare([
    ...ofEveryRoute,
    ...requestRefusals(endpoint.request),
    ...guardRefuses,
    ...refuses,
  ]);
  return createRoute({
    ...endpoint,
    responses: { ...endpoint.responses, ...refusals },
    security,
    middleware: inOrder(setFailure(failure), limitRequests(budget), ...admit),
  });
}

/** The refusals of a request that cannot be read, or is not what the route declares. */
function requestRefusals(request: Endpoint['request']): RefusalCode[] {
  const content = request?.body?.content ?? {};
  const codes: RefusalCode[] = request?.query === undefined ? [] : ['invalid_request'];
  if ('application/json' in content) codes.push('malformed_json', 'unsupported_media_type');
  if ('application/x-www-form-urlencoded' in content) codes.push('form_expected');
  return request?.body === undefined ? codes : [...codes, 'invalid_request', 'body_too_large'];
}

/** One after the other, each with what it adds to the types of `c.var`. */
export function inOrder<M extends MiddlewareHandler[]>(...middleware: M): M {
  return middleware;
}
