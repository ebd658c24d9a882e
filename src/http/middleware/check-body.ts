import type { RouteConfig } from '@hono/zod-openapi';
import { createMiddleware } from 'hono/factory';
import type { AppEnv } from '../app-env.ts';
import { checkJsonBody } from '../request/json-body.ts';

/** Checks a JSON body before the route's schema reads it, if `request` declares one. Refuses as `checkJsonBody` does. */
export function checkBody(request: RouteConfig['request']) {
  const takesJson = 'application/json' in (request?.body?.content ?? {});
  return createMiddleware<AppEnv>(async function checkBody(c, next) {
    if (takesJson) await checkJsonBody(c);
    await next();
  });
}
