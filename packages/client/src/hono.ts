import type { Context, MiddlewareHandler } from 'hono';
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
