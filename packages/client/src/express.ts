import { checkRoles, decideRole, type Roles } from './middleware/decide-role.ts';
import { decide, type Refusal, type Listeners } from './middleware/decide.ts';
import type { AccessTokenClaims, Verifier } from './verify.ts';

export type { AccessTokenClaims } from './verify.ts';

declare global {
  // The types of Passport declare the same, so both can be in one app.
  namespace Express {
    interface User extends AccessTokenClaims {}
    interface Request {
      user?: User | undefined;
    }
  }
}

/** The part of a request that this middleware reads. Express 4 and 5 have it, and so has `node:http`. */
type Request = {
  headers: { authorization?: string | undefined };
  headersDistinct?: { authorization?: string[] | undefined };
  user?: AccessTokenClaims | undefined;
};

/** The part of a response that this middleware writes. */
type Response = { statusCode: number; setHeader(name: string, value: string): unknown; end(body: string): unknown };

type Middleware = (req: Request, res: Response, next: (error?: unknown) => void) => void;

/**
 * Lets in users of Latchkey, as `req.user`. Responds in the way of RFC 6750: 401 without a token and for one that is
 * refused, 400 for a malformed header, and 503 when nobody can tell. `onUnavailable` hears the cause of each 503; by
 * default, `console.error` prints it. `onRefused` hears why a token is refused.
 */
export function requireUser(verifier: Verifier, listeners: Listeners = {}): Middleware {
  return function requireUser(req, res, next) {
    decide(readAuthorization(req), () => verifier, listeners)
      .then((decision) => {
        if ('response' in decision) return send(res, decision.response);
        req.user = decision.user;
        return next();
      })
      // Express 4 does not hear of a promise that rejects.
      .catch(next);
  };
}

/**
 * Lets on users who have one of `roles`, after `requireUser`. Responds to all others with 403 `insufficient_scope` (RFC
 * 6750). Several in a row mean that a user needs a role of each. Without `requireUser` in front of it, it gives a
 * `TypeError` to the error handler. Throws `TypeError` when no role is named.
 */
export function requireRole(...roles: Roles): Middleware {
  checkRoles(roles);
  return function requireRole(req, res, next) {
    // Connect and Express hand what this throws to the error handler.
    const refusal = decideRole(req.user, roles);
    if (refusal === undefined) return next();
    return send(res, refusal);
  };
}

/** Node keeps the first of several headers only. Together they are refused, as by Latchkey itself. */
function readAuthorization({ headers, headersDistinct }: Request): string | undefined {
  const all = headersDistinct?.authorization ?? [];
  return all.length > 1 ? all.join(', ') : headers.authorization;
}

function send(res: Response, { status, headers, body }: Refusal): void {
  res.statusCode = status;
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  res.setHeader('Content-Type', 'application/json');
  res.end(JSON.stringify(body));
}
