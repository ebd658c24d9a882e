import type { App } from '../../app-env.ts';
import { tokenRoute } from '../../endpoint.ts';

const route = tokenRoute({
  method: 'get',
  path: '/auth/verify',
  summary: 'Whether a reverse proxy may let in the bearer of the access token',
  responses: {
    204: { description: 'Let in the user X-User-Id, who has the roles X-Roles, and whose session is X-Session-Id.' },
  },
});

export function mountVerify(app: App) {
  app.openapi(route, (c) => {
    const { sub, sid, roles } = c.var.claims;
    return c.body(null, 204, { 'X-User-Id': sub, 'X-Session-Id': sid, 'X-Roles': roles.join(',') });
  });
}
