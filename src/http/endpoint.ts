import { createRoute, type RouteConfig } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import type { RefusalCode } from '../errors.ts';
import { checkBody } from './middleware/check-body.ts';
import { limitRequests, type RouteBudget } from './middleware/limit-requests.ts';
import { requireClient } from './middleware/require-client.ts';
import { requireHolder } from './middleware/require-holder.ts';
import { requireToken } from './middleware/require-token.ts';
import { type Identification, requireUser } from './middleware/require-user.ts';
import { setFailure } from './middleware/set-failure.ts';
import { declareOAuthErrors } from './response/oauth-error.ts';
import { declareRefusals } from './response/refusal.ts';

/** What a route says of itself: its request and its successes. The functions below say who may call it. */
type Endpoint = Omit<RouteConfig, 'security' | 'middleware'>;

/** What only the route knows. `refuses` are the codes of its use case; the guard, the budget and the body add theirs. */
type Own = {
  refuses?: RefusalCode[];
  budget?: RouteBudget;
  /** The code for a failure of ours, instead of `internal_error`. */
  failure?: RefusalCode;
};

/** Anyone may call it, and it needs nothing: neither a configuration nor a budget. */
export function bareRoute<const E extends Endpoint>(endpoint: E) {
  return createRoute({ ...endpoint, security: [] });
}

/** Anyone may call it. */
export function openRoute<const E extends Endpoint>(endpoint: E, own: Own = {}) {
  return guardedRoute(endpoint, own, { security: [], refuses: [], admit: [checkBody(endpoint.request)] });
}

/**
 * Bearers of an access token may call it. KV alone says what is revoked, so a revocation takes about a minute. The handler has
 * `c.var.claims`.
 */
export function tokenRoute<const E extends Endpoint>(endpoint: E, own: Own = {}) {
  return guardedRoute(endpoint, own, {
    security: [{ accessToken: [] }],
    refuses: ['missing_token', ...tokenRefusals],
    admit: inOrder(requireToken(), checkBody(endpoint.request)),
  });
}

/**
 * Bearers of an access token may call it. The database is asked, so a revocation is immediate. The handler has
 * `c.var.caller`.
 */
export function userRoute<const E extends Endpoint>(endpoint: E, own: Own & Identification = {}) {
  return guardedRoute(endpoint, own, {
    security: [{ accessToken: [] }],
    refuses: [own.missing ?? 'missing_token', ...tokenRefusals],
    admit: inOrder(requireUser(own), checkBody(endpoint.request)),
  });
}

/**
 * Holders of a token of a session may call it: of a refresh token in the body, or of an access token as for `userRoute`. The
 * handler has `c.var.holder`.
 */
export function holderRoute<const E extends Endpoint>(endpoint: E, own: Own & Identification = {}) {
  return guardedRoute(endpoint, own, {
    security: [{ accessToken: [] }, {}],
    refuses: [own.missing ?? 'missing_token', ...tokenRefusals],
    admit: inOrder(requireHolder(own)),
  });
}

/** Clients of `OAUTH_CLIENTS` may call it, with their secret in the header or in the form. It is under `/oauth/`. */
export function clientRoute<const E extends Endpoint>(endpoint: E, own: Own = {}) {
  const guard = { security: [{ client: [] }], refuses: ['invalid_client' as const], admit: inOrder(requireClient()) };
  return guardedRoute(endpoint, own, guard, declareOAuthErrors);
}

const tokenRefusals = [
  'malformed_token',
  'expired_token',
  'invalid_token',
  'revoked_token',
  'storage_unavailable',
] as const;

/** What a guard brings: `admit` lets in or refuses with `refuses`, and checks the body. */
type Guard<M extends MiddlewareHandler[]> = { security: Record<string, string[]>[]; refuses: RefusalCode[]; admit: M };

function guardedRoute<const E extends Endpoint, M extends MiddlewareHandler[]>(
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
function inOrder<M extends MiddlewareHandler[]>(...middleware: M): M {
  return middleware;
}
