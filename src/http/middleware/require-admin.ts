import { createMiddleware } from 'hono/factory';
import { type Admin, authenticateAdmin } from '../../domain/admin/authenticate-admin.ts';
import type { AppEnv } from '../app-env.ts';
import { readBearer } from '../request/bearer.ts';

/**
 * Lets in an operator, or a user who is an administrator now, and sets `c.var.admin`. Refuses with `missing_token`, with
 * `malformed_token`, and as `authenticateAdmin` does.
 */
export function requireAdmin() {
  return createMiddleware<AppEnv & { Variables: { admin: Admin } }>(async function requireAdmin(c, next) {
    c.set('admin', await authenticateAdmin(c.get('deps'), readBearer(c)));
    await next();
  });
}
