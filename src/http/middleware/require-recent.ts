import { createMiddleware } from 'hono/factory';
import { authenticate, type Caller } from '../../domain/session/authenticate.ts';
import { requireRecent as requireRecentCaller } from '../../domain/session/recent.ts';
import type { AppEnv } from '../app-env.ts';
import { readBearer } from '../request/bearer.ts';

/**
 * Lets in as `requireUser` does, if the bearer has authenticated lately, and sets `c.var.caller`. Refuses with
 * `missing_token`, with `malformed_token`, as `authenticate` does, and with `insufficient_user_authentication`.
 */
export function requireRecent() {
  return createMiddleware<AppEnv & { Variables: { caller: Caller } }>(async function requireRecent(c, next) {
    const deps = c.get('deps');
    const caller = await authenticate(deps, readBearer(c));
    requireRecentCaller(caller, deps.now());
    c.set('caller', caller);
    await next();
  });
}
