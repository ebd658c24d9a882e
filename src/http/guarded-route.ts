import { createRoute, type RouteConfig } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import type { RefusalCode } from '../errors.ts';
import { checkBody } from './middleware/check-body.ts';
import { limitRequests, type RouteBudget } from './middleware/limit-requests.ts';
import { setFailure } from './middleware/set-failure.ts';
import { type BodyType, isBodyType, tooLargeOf } from './request/body.ts';
import { declareRefusals } from './response/refusal.ts';

/** What a route says of itself: its request and its successes. A guard of `endpoint.ts` says who may call it. */
export type Endpoint = Omit<RouteConfig, 'security' | 'middleware'>;

/**
 * What only the route knows. `refuses` are the codes of its use case; the guard, the budget and the body add theirs.
 */
export type Own = {
  refuses?: RefusalCode[];
  budget?: RouteBudget;
  /** The code for a failure of ours, instead of `internal_error`. */
  failure?: RefusalCode;
};

/**
 * What a guard brings: `admit` lets in or refuses with `refuses`, and may itself read and check a body of the type
 * `reads`.
 */
type Guard<M extends MiddlewareHandler[]> = {
  security: Record<string, string[]>[];
  refuses: RefusalCode[];
  admit: M;
  reads?: BodyType;
};

/**
 * The route of `endpoint` behind a guard: limited, its body checked, and declared with every refusal that the guard,
 * the budget and the request bring. Throws `TypeError` for a route that cannot be what it declares.
 */
export function guardedRoute<const E extends Endpoint, M extends MiddlewareHandler[]>(
  endpoint: E,
  { refuses = [], budget = 'other', failure = 'internal_error' }: Own,
  { security, refuses: guardRefuses, admit, reads }: Guard<M>,
  declare = declareRefusals,
) {
  const type = bodyTypeOf(endpoint);
  if (reads !== undefined && type !== reads) throw new TypeError(`${endpoint.path} must take ${reads}`);
  const ofEveryRoute = ['too_many_requests', 'misconfigured', failure] as const;
  const ofRequest = [...(endpoint.request?.query ? (['invalid_request'] as const) : []), ...bodyRefusals(type)];
  const refusals: object = declare([...ofEveryRoute, ...ofRequest, ...guardRefuses, ...refuses]);
  const twice = Object.keys(refusals).find((status) => status in endpoint.responses);
  if (twice !== undefined) throw new TypeError(`${endpoint.path} declares ${twice} as a success and as a refusal`);
  return createRoute({
    ...endpoint,
    responses: { ...endpoint.responses, ...refusals },
    security,
    middleware: inOrder(
      setFailure(failure),
      limitRequests(budget),
      ...admit,
      checkBody(type === reads ? undefined : type),
    ),
  });
}

/** The one type of body that the route takes; `undefined` when it takes none. */
function bodyTypeOf({ path, request }: Endpoint): BodyType | undefined {
  const [type, ...others] = Object.keys(request?.body?.content ?? {});
  if (type === undefined) return undefined;
  if (!isBodyType(type) || others.length > 0) throw new TypeError(`${path} must take JSON, lines of JSON or a form`);
  return type;
}

const ofType: Record<BodyType, RefusalCode[]> = {
  'application/json': ['malformed_json', 'unsupported_media_type'],
  'application/x-ndjson': ['malformed_json', 'ndjson_expected'],
  'application/x-www-form-urlencoded': ['form_expected'],
};

/** The refusals of a body that cannot be read, or is not what the route declares. */
function bodyRefusals(type: BodyType | undefined): RefusalCode[] {
  if (type === undefined) return [];
  return [...ofType[type], 'invalid_request', tooLargeOf(type)];
}

/** One after the other, each with what it adds to the types of `c.var`. */
export function inOrder<M extends MiddlewareHandler[]>(...middleware: M): M {
  return middleware;
}
