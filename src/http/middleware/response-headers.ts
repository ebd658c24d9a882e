import { createMiddleware } from 'hono/factory';
import type { AppEnv } from '../app-env.ts';

/** What every answer carries. An answer that does not say how long it may be kept is not to be kept. */
export function answerHeaders() {
  return createMiddleware<AppEnv>(async function answerHeaders(c, next) {
    await next();
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Referrer-Policy', 'no-referrer');
    c.header('Strict-Transport-Security', 'max-age=31536000');
    c.header('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store');
  });
}
