import { createMiddleware } from 'hono/factory';
import { verify } from '../../domain/session/verify.ts';
import type { AppEnv } from '../app-env.ts';
import { readBearer } from '../request/bearer.ts';

type Claims = Awaited<ReturnType<typeof verify>>;

/**
 * Lets in the bearer of an access token that is valid as far as the edge knows, and sets `c.var.claims`. Refuses with
 * `missing_token`, `malformed_token` and what `verify` refuses with.
 */
export function requireToken() {
  return createMiddleware<AppEnv & { Variables: { claims: Claims } }>(async function requireToken(c, next) {
    c.set('claims', await verify(c.var.deps, readBearer(c)));
    await next();
  });
}
