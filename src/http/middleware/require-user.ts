import { createMiddleware } from 'hono/factory';
import { authenticate, type Caller } from '../../domain/session/authenticate.ts';
import type { RefusalCode } from '../../errors.ts';
import type { AppEnv } from '../app-env.ts';
import { readBearer } from '../request/bearer.ts';

/** `missing` is the refusal of a request without an Authorization header. `identify` finds out whose token it is. */
export type Identification = { missing?: RefusalCode; identify?: typeof authenticate };

/**
 * Lets in the bearer of an access token that the database accepts now, and sets `c.var.caller`. Refuses with `missing`, with
 * `malformed_token`, and as `identify` does.
 */
export function requireUser({ missing = 'missing_token', identify = authenticate }: Identification) {
  return createMiddleware<AppEnv & { Variables: { caller: Caller } }>(async function requireUser(c, next) {
    c.set('caller', await identify(c.var.deps, readBearer(c, missing)));
    await next();
  });
}
