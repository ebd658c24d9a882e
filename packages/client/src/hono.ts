import type { Context, MiddlewareHandler } from 'hono';
import { decideRecent } from './middleware/decide-recent.ts';
import { checkRoles, decideRole, type Roles } from './middleware/decide-role.ts';
import { decideScope } from './middleware/decide-scope.ts';
import { decideCaller, decideUser, type Listeners, type Refusal } from './middleware/decide.ts';
import { checkRecency, type Recency } from './verify/recent.ts';
import { type Scope, scopesIn } from './verify/scopes.ts';
import type { AccessTokenClaims, CallerClaims, Verifier } from './verify.ts';

export type { AccessTokenClaims, CallerClaims, MachineClaims, UserKeyClaims } from './verify.ts';

/** What `requireUser` adds to the context: `c.var.user`. */
export type UserEnv = { Variables: { user: AccessTokenClaims } };

/** What `requireCaller` adds to the context: `c.var.caller`. */
export type CallerEnv = { Variables: { caller: CallerClaims } };

/** Either of them is in front of `requireScope`. */
type EitherEnv = { Variables: Partial<UserEnv['Variables'] & CallerEnv['Variables']> };

type VerifierOf = Verifier | ((c: Context) => Verifier | Promise<Verifier>);

/**
 * Lets in people, as `c.var.user`, and no machine and no API key: these get 403 `insufficient_scope`. Responds in the way of RFC 6750: 401 without a token and for one that is
 * refused, 400 for a malformed header, and 503 when nobody can tell. A function as `verifier` makes one for the request,
 * as with a binding of a Worker. `onUnavailable` hears the cause of each 503; by default, `console.error` prints it. `onRefused` hears why a token is refused.
 */
export function requireUser(verifier: VerifierOf, listeners: Listeners = {}): MiddlewareHandler<UserEnv> {
  return async function requireUser(c, next) {
    const decision = await decideUser(c.req.header('Authorization'), makerOf(verifier, c), listeners);
    if ('response' in decision) return respond(c, decision.response);
    c.set('user', decision.claims);
    return next();
  };
}

/**
 * Lets in everybody who has all of `scope`, as `c.var.caller`: people, machines and API keys. Responds as `requireUser`
 * does, and with 403 `insufficient_scope` to those who lack a scope. Throws `TypeError` when no scope is named.
 */
export function requireCaller(
  verifier: VerifierOf,
  scope: Scope,
  listeners: Listeners = {},
): MiddlewareHandler<CallerEnv> {
  const scopes = scopesIn(scope);
  return async function requireCaller(c, next) {
    const place = { verifier: makerOf(verifier, c), scopes };
    const decision = await decideCaller(c.req.header('Authorization'), place, listeners);
    if ('response' in decision) return respond(c, decision.response);
    c.set('caller', decision.claims);
    return next();
  };
}

/**
 * Lets on users who have one of `roles`, after `requireUser`. Responds to all others with 403 `insufficient_scope` (RFC
 * 6750). Several in a row mean that a user needs a role of each. Throws `TypeError` without `requireUser` in front of it,
 * and when no role is named.
 */
export function requireRole(...roles: Roles): MiddlewareHandler<UserEnv> {
  checkRoles(roles);
  return async function requireRole(c, next) {
    const refusal = decideRole(c.get('user'), roles);
    if (refusal === undefined) return next();
    return respond(c, refusal);
  };
}

/**
 * Lets on those who have all of `scopes`, after `requireUser` or `requireCaller`. Responds to all others with 403
 * `insufficient_scope` (RFC 6750). Throws `TypeError` without one of these in front of it, and when no scope is named.
 */
export function requireScope(...scopes: [string, ...string[]]): MiddlewareHandler<EitherEnv> {
  const needed = scopesIn(scopes);
  return async function requireScope(c, next) {
    const refusal = decideScope(c.get('caller') ?? c.get('user'), needed);
    return refusal === undefined ? next() : respond(c, refusal);
  };
}

/**
 * Lets on users who proved within `maxAgeSeconds` (600 by default) who they are, and with `acr: 'aal2'` by two factors, after
 * `requireUser`. Responds to all others with 401 `insufficient_user_authentication` (RFC 9470), also to those whose token does
 * not tell. Throws `TypeError` without `requireUser` in front of it, and for wrong options.
 */
export function requireRecent(options: Recency = {}): MiddlewareHandler<UserEnv> {
  const needed = checkRecency(options);
  return async function requireRecent(c, next) {
    const refusal = decideRecent(c.get('user'), needed);
    return refusal === undefined ? next() : respond(c, refusal);
  };
}

function makerOf(verifier: VerifierOf, c: Context) {
  return () => (typeof verifier === 'function' ? verifier(c) : verifier);
}

function respond(c: Context, { status, headers, body }: Refusal) {
  return c.json(body, status, headers);
}
