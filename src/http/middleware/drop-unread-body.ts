import { createMiddleware } from 'hono/factory';
import type { AppEnv } from '../app-env.ts';

/** Drops the body of a GET or HEAD: no route reads it, and `wrangler dev` would wait for it before it responds. */
export function dropUnreadBody() {
  return createMiddleware<AppEnv>(async function dropUnreadBody({ req: { raw } }, next) {
    if (raw.body !== null && (raw.method === 'GET' || raw.method === 'HEAD')) await raw.body.cancel();
    await next();
  });
}
