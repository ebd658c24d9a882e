import type { Context, MiddlewareHandler } from 'hono';
import { checkRoles, decideRole, type Roles } from './middleware/decide-role.ts';
import { decide, type Listeners } from './middleware/decide.ts';
import type { AccessTokenClaims, Verifier } from './verify.ts';

export type { AccessTokenClaims } from './verify.ts';

/** What `requireUser` adds to the context: `c.var.user`. */
export type UserEnv = { Variables: { user: AccessTokenClaims } };

/**
 * Lets in users of Latchkey, as `c.var.user`. Responds in the way of RFC 6750: 401 without a token and for one that is
 * refused, 400 for a malformed header, and 503 when nobody can tell. A function as `verifier` makes one for the request,
 * as with a binding of a Worker. `onUnavailable` hears the cause of each 503; by default, `console.error` prints it. `onRefused` hears why a token is refused.
 */
export function requireUser(
  verifier: Verifier | ((c: Context) => Verifier | Promise<Verifier>),
  listeners: Listeners = {},
): MiddlewareHandler<UserEnv> {
  return async function requireUser(c, next) {
    const make = () => (typeof verifier === 'function' ? verifier(c) : verifier);
    const decision = await decide(c.req.header('Authorization'), make, listeners);
    if ('response' in decision) {
      const { status, headers, body } = decision.response;
      return c.json(body, status, headers);
    }
    c.set('user', decision.user);
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
    return c.json(refusal.body, refusal.status, refusal.headers);
  };
}
