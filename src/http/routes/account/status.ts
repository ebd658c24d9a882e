import { z } from '@hono/zod-openapi';
import type { App } from '../../app-env.ts';
import { userRoute } from '../../endpoint.ts';
import { json } from '../../response/json.ts';

const response = z
  .object({
    status: z.literal('success'),
    data: z
      .object({ user_id: z.string(), email: z.string(), admin: z.boolean(), registered_on: z.iso.datetime() })
      .openapi('User'),
  })
  .openapi('UserResponse');

const routeAt = <const P extends string>(path: P) =>
  userRoute({
    method: 'get',
    path,
    summary: 'Who the bearer of the access token is',
    responses: { 200: json(response, 'The account, as the database has it now.') },
  });

export function mountStatus(app: App) {
  for (const path of ['/auth/status', '/auth/user']) {
    app.openapi(routeAt(path), (c) => {
      const { id, email, admin, registeredAt } = c.var.caller.user;
      const data = { user_id: id, email, admin, registered_on: registeredAt.toISOString() };
      return c.json({ status: 'success' as const, data }, 200);
    });
  }
}
