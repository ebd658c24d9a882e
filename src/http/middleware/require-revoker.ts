import { createMiddleware } from 'hono/factory';
import { authenticateToRevoke, type Revoker } from '../../domain/session/authenticate.ts';
import type { AppEnv } from '../app-env.ts';
import { readBearer } from '../request/bearer.ts';

/**
 * Lets in as `requireUser` does, and also a bearer whose session is revoked or denylisted, who may have to complete
 * that revocation. Sets `c.var.revoker`. Refuses with `missing_token`, with `malformed_token`, and as
 * `authenticateToRevoke` does.
 */
export function requireRevoker() {
  return createMiddleware<AppEnv & { Variables: { revoker: Revoker } }>(async function requireRevoker(c, next) {
    c.set('revoker', await authenticateToRevoke(c.get('deps'), readBearer(c)));
    await next();
  });
}
