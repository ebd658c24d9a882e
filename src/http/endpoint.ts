import { createRoute, type RouteConfig } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { RefusalCode } from '../errors.ts';
import type { AppEnv } from './app-env.ts';
import { checkJsonBody } from './request/json-body.ts';
import { limitRequests, type RouteBudget } from './middleware/limit-requests.ts';
import { requireClient } from './middleware/require-client.ts';
import { requireHolder } from './middleware/require-holder.ts';
import { requireToken } from './middleware/require-token.ts';
import { type Guard, requireUser } from './middleware/require-user.ts';

/** A route but for who may call it, which the functions below say. */
type Endpoint = Omit<RouteConfig, 'security' | 'middleware'>;

/** Whatever a route does, it is limited before: `budget` is what its requests are taken from. */
type Options = { budget?: RouteBudget };

/** Anyone may call it. `failure` is what it answers when we are at fault. */
export function openRoute<const E extends Endpoint>(
  endpoint: E,
  { failure, budget = 'other' }: Options & { failure?: RefusalCode } = {},
) {
  const takesJson = endpoint.request?.body !== undefined;
  const middleware = inOrder(limitRequests(budget), admitAll({ failure, takesJson }));
  return createRoute({ ...endpoint, security: [], middleware });
}

/**
 * Bearers of an access token may call it, as far as the edge knows: revocation takes about a minute, and no database is
 * asked. The handler has `c.var.claims`.
 */
export function tokenRoute<const E extends Endpoint>(endpoint: E) {
  const middleware = inOrder(limitRequests('other'), requireToken());
  return createRoute({ ...endpoint, security: [{ accessToken: [] }], middleware });
}

/**
 * Bearers of an access token may call it, revocation being immediate: the database is asked. The handler has
 * `c.var.caller`. `guard` says what is otherwise than usual.
 */
export function userRoute<const E extends Endpoint>(endpoint: E, guard: Guard = {}) {
  const middleware = inOrder(limitRequests('other'), requireUser(guard));
  return createRoute({ ...endpoint, security: [{ accessToken: [] }], middleware });
}

/**
 * Whoever holds a token of a session may call it: a refresh token in the body, or else an access token in the header, as for
 * `userRoute`. The handler has `c.var.holder`.
 */
export function holderRoute<const E extends Endpoint>(endpoint: E, guard: Guard = {}) {
  const middleware = inOrder(limitRequests('other'), requireHolder(guard));
  return createRoute({ ...endpoint, security: [{ accessToken: [] }, {}], middleware });
}

/** Clients of `OAUTH_CLIENTS` may call it, with their secret in the header or in the form. */
export function clientRoute<const E extends Endpoint>(endpoint: E) {
  const middleware = inOrder(limitRequests('other'), requireClient());
  return createRoute({ ...endpoint, security: [{ client: [] }], middleware });
}

/** One after the other, each with what it adds to the types of `c.var`. */
function inOrder<M extends MiddlewareHandler[]>(...middleware: M): M {
  return middleware;
}

function admitAll({ failure, takesJson }: { failure: RefusalCode | undefined; takesJson: boolean }) {
  return createMiddleware<AppEnv>(async function admitAll(c, next) {
    if (failure !== undefined) c.set('failure', failure);
    if (takesJson) await checkJsonBody(c);
    await next();
  });
}
