import { createMiddleware } from 'hono/factory';
import { authenticate, type Caller } from '../../domain/session/authenticate.ts';
import type { RefusalCode } from '../../errors.ts';
import type { AppEnv } from '../app-env.ts';
import { readBearer } from '../request/bearer.ts';

/** `missing` is what to answer without an Authorization header, `identify` how to find out whose token it is. */
export type Guard = { missing?: RefusalCode; identify?: typeof authenticate };

/**
 * Lets in the bearer of an access token that is valid now, database asked, and sets `c.var.caller`. Refuses with
 * `malformed_token`, with what `identify` refuses with, and with `missing`.
 */
export function requireUser({ missing = 'missing_token', identify = authenticate }: Guard) {
  return createMiddleware<AppEnv & { Variables: { caller: Caller } }>(async function requireUser(c, next) {
    c.set('caller', await identify(c.var.deps, readBearer(c, missing)));
    await next();
  });
}
