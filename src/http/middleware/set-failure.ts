import { createMiddleware } from 'hono/factory';
import type { RefusalCode } from '../../errors.ts';
import type { AppEnv } from '../app-env.ts';

/** Makes `code` the response when the route fails through our fault. */
export function setFailure(code: RefusalCode) {
  return createMiddleware<AppEnv>(async function setFailure(c, next) {
    c.set('failure', code);
    await next();
  });
}
