import { createMiddleware } from 'hono/factory';
import { verify } from '../../domain/session/verify.ts';
import type { AppEnv } from '../app-env.ts';
import { readBearer } from '../request/bearer.ts';

type Claims = Awaited<ReturnType<typeof verify>>;

/**
 * Lets in the bearer of an access token that is valid and not denylisted, and sets `c.var.claims`. Refuses with
 * `missing_token`, with `malformed_token`, and as `verify` does.
 */
export function requireToken() {
  return createMiddleware<AppEnv & { Variables: { claims: Claims } }>(async function requireToken(c, next) {
    c.set('claims', await verify(c.get('deps'), readBearer(c)));
    await next();
  });
}
