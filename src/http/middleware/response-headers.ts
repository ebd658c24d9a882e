import { createMiddleware } from 'hono/factory';
import type { AppEnv } from '../app-env.ts';

/** The headers that every response carries. A response that says nothing about caching is not cached. */
const headers = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=31536000',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cache-Control': 'no-store',
};

/** The names of the headers that every response carries. */
export const everyResponseHas = Object.keys(headers);

/** Sets those headers before the handler runs. A route can replace them, and no response is copied. */
export function responseHeaders() {
  return createMiddleware<AppEnv>(async function responseHeaders(c, next) {
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
    await next();
  });
}
