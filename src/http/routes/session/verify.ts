import { z } from '@hono/zod-openapi';
import type { App } from '../../app-env.ts';
import { tokenRoute } from '../../endpoint.ts';
import { listQuery } from '../../request/page.ts';

/** What the guard reads. A mistyped `scopes` would let in everybody who needs no scope. */
const query = listQuery({ scope: z.string().optional(), audience: z.string().optional() });

const route = tokenRoute({
  method: 'get',
  path: '/auth/verify',
  summary: 'Whether a reverse proxy may let in the bearer of an access token or API key',
  request: { query },
  responses: {
    204: { description: 'Let in the bearer: the headers tell who it is. Without a scope, it is a person.' },
  },
});

export function mountVerify(app: App) {
  app.openapi(route, (c) => {
    const { kind, claims } = c.var.bearer;
    const headers = { 'X-Kind': kind, 'X-Client-Id': claims.client_id, 'X-Scopes': claims.scope ?? '' };
    const key = typeof claims.key_id === 'string' ? { 'X-Key-Id': claims.key_id } : {};
    if (kind === 'machine') return c.body(null, 204, { ...headers, ...key });
    const user = { 'X-User-Id': claims.sub, 'X-Roles': claims.roles.join(',') };
    const session = typeof claims.sid === 'string' ? { 'X-Session-Id': claims.sid } : key;
    return c.body(null, 204, { ...user, ...session, ...headers });
  });
}
