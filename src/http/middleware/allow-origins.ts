import { cors } from 'hono/cors';
import { createMiddleware } from 'hono/factory';
import type { AppEnv } from '../app-env.ts';

/** Lets pages of the configured origins call the service. Tokens travel in headers, so cookies are never allowed. */
export function allowOrigins() {
  return createMiddleware<AppEnv>(async function allowOrigins(c, next) {
    const { corsOrigins } = c.var.deps.config;
    const isOtherOptions = c.req.method === 'OPTIONS' && !c.req.header('Access-Control-Request-Method');
    if (corsOrigins.length === 0 || isOtherOptions) return next();
    const answer = cors({
      origin: corsOrigins.includes('*') ? '*' : corsOrigins,
      allowHeaders: ['Authorization', 'Content-Type', 'X-Request-Id'],
      allowMethods: ['GET', 'POST', 'DELETE'],
      exposeHeaders: ['X-Request-Id', 'WWW-Authenticate', 'Retry-After'],
      maxAge: 600,
    });
    return answer(c, next);
  });
}
