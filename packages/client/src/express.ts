import { decideRecent } from './middleware/decide-recent.ts';
import { checkRoles, decideRole, type Roles } from './middleware/decide-role.ts';
import { decideScope } from './middleware/decide-scope.ts';
import { decideCaller, decideUser, type Listeners, type Refusal } from './middleware/decide.ts';
import { checkRecency, type Recency } from './verify/recent.ts';
import { type Scope, scopesIn } from './verify/scopes.ts';
import type { AccessTokenClaims, CallerClaims, Verifier } from './verify.ts';

export type { AccessTokenClaims, CallerClaims, MachineClaims, UserKeyClaims } from './verify.ts';

declare global {
  // The types of Passport declare the same, so both can be in one app.
  namespace Express {
    interface User extends AccessTokenClaims {}
    interface Request {
      user?: User | undefined;
      caller?: CallerClaims | undefined;
    }
  }
}

/** The part of a request that this middleware reads. Express 4 and 5 have it, and so has `node:http`. */
type Request = {
  headers: { authorization?: string | undefined };
  headersDistinct?: { authorization?: string[] | undefined };
  user?: AccessTokenClaims | undefined;
  caller?: CallerClaims | undefined;
};

/** The part of a response that this middleware writes. */
type Response = { statusCode: number; setHeader(name: string, value: string): unknown; end(body: string): unknown };

type Middleware = (req: Request, res: Response, next: (error?: unknown) => void) => void;

/**
 * Lets in people, as `req.user`, and no machine and no API key: these get 403 `insufficient_scope`. Responds in the way of RFC 6750: 401 without a token and for one that is
 * refused, 400 for a malformed header, and 503 when nobody can tell. `onUnavailable` hears the cause of each 503; by
 * default, `console.error` prints it. `onRefused` hears why a token is refused.
 */
export function requireUser(verifier: Verifier, listeners: Listeners = {}): Middleware {
  return function requireUser(req, res, next) {
    decideUser(readAuthorization(req), () => verifier, listeners)
      .then((decision) => {
        if ('response' in decision) return send(res, decision.response);
        req.user = decision.claims;
        return next();
      })
      // Express 4 does not hear of a promise that rejects.
      .catch(next);
  };
}

/**
 * Lets in everybody who has all of `scope`, as `req.caller`: people, machines and API keys. Responds as `requireUser` does,
 * and with 403 `insufficient_scope` to those who lack a scope. Throws `TypeError` when no scope is named.
 */
export function requireCaller(verifier: Verifier, scope: Scope, listeners: Listeners = {}): Middleware {
  const place = { verifier: () => verifier, scopes: scopesIn(scope) };
  return function requireCaller(req, res, next) {
    decideCaller(readAuthorization(req), place, listeners)
      .then((decision) => {
        if ('response' in decision) return send(res, decision.response);
        req.caller = decision.claims;
        return next();
      })
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

/**
 * Lets on those who have all of `scopes`, after `requireUser` or `requireCaller`. Responds to all others with 403
 * `insufficient_scope` (RFC 6750). Without one of these in front of it, it gives a `TypeError` to the error handler. Throws
 * `TypeError` when no scope is named.
 */
export function requireScope(...scopes: [string, ...string[]]): Middleware {
  const needed = scopesIn(scopes);
  return function requireScope(req, res, next) {
    const refusal = decideScope(req.caller ?? req.user, needed);
    if (refusal === undefined) return next();
    return send(res, refusal);
  };
}

/**
 * Lets on users who proved within `maxAgeSeconds` (600 by default) who they are, and with `acr: 'aal2'` by two factors, after
 * `requireUser`. Responds to all others with 401 `insufficient_user_authentication` (RFC 9470), also to those whose token does
 * not tell. Without `requireUser` in front of it, it gives a `TypeError` to the error handler. Throws `TypeError` for wrong
 * options.
 */
export function requireRecent(options: Recency = {}): Middleware {
  const needed = checkRecency(options);
  return function requireRecent(req, res, next) {
    const refusal = decideRecent(req.user, needed);
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
