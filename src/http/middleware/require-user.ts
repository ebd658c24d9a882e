import { createMiddleware } from 'hono/factory';
import { authenticate, type Caller } from '../../domain/session/authenticate.ts';
import type { AppEnv } from '../app-env.ts';
import { readBearer } from '../request/bearer.ts';

/**
 * Lets in the bearer of an access token that the database accepts now, and sets `c.var.caller`. Refuses with
 * `missing_token`, with `malformed_token`, and as `authenticate` does.
 */
export function requireUser() {
  return createMiddleware<AppEnv & { Variables: { caller: Caller } }>(async function requireUser(c, next) {
    c.set('caller', await authenticate(c.get('deps'), readBearer(c)));
    await next();
  });
}
