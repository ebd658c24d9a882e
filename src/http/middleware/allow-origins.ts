import type { Context } from 'hono';
import { cors } from 'hono/cors';
import { createMiddleware } from 'hono/factory';
import type { AppEnv } from '../app-env.ts';

const REQUEST_HEADERS = ['Authorization', 'Content-Type', 'If-Match', 'X-Request-Id'];

/** The headers that a page may read beside those that every page may (Fetch, section 2.2.2). */
const EXPOSED = [
  'X-Request-Id',
  'WWW-Authenticate',
  'Retry-After',
  'Allow',
  'ETag',
  'X-Kind',
  'X-User-Id',
  'X-Session-Id',
  'X-Roles',
  'X-Client-Id',
  'X-Key-Id',
  'X-Scopes',
];

const MAX_AGE_SECONDS = 600;

/**
 * Lets pages of every origin read what is public: keys, metadata, the OpenAPI document, and whether the service is up.
 * Needs no configuration.
 */
export function sharePublic() {
  const share = cors({
    origin: '*',
    // They may send any header, since nothing here reads one. `*` does not cover Authorization.
    allowHeaders: ['*', 'Authorization'],
    allowMethods: ['GET'],
    exposeHeaders: EXPOSED,
    maxAge: MAX_AGE_SECONDS,
  });
  return createMiddleware<AppEnv>(async function sharePublic(c, next) {
    return isPublic(c.req.path) && !isOtherOptions(c) ? share(c, next) : next();
  });
}

/**
 * Lets pages of the configured origins call the service. Tokens travel in headers, so credentials are never allowed.
 */
export function allowOrigins() {
  return createMiddleware<AppEnv>(async function allowOrigins(c, next) {
    const policy = c.get('deps').config.cors;
    if (policy === undefined || isPublic(c.req.path) || isOtherOptions(c)) return next();
    const allow = cors({
      origin: policy.allowsAny ? '*' : (origin) => (policy.allows(origin) ? origin : null),
      allowHeaders: [...REQUEST_HEADERS, ...policy.headers],
      allowMethods: ['GET', 'POST', 'PATCH', 'DELETE'],
      exposeHeaders: EXPOSED,
      maxAge: MAX_AGE_SECONDS,
    });
    return allow(c, next);
  });
}

const isPublic = (path: string) => ['/health', '/openapi.json'].includes(path) || path.startsWith('/.well-known/');

/** An OPTIONS request that is not a preflight (Fetch, section 3.2.2) goes to the route. */
const isOtherOptions = ({ req }: Context) =>
  req.method === 'OPTIONS' && req.header('Access-Control-Request-Method') === undefined;
