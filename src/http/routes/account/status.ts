import { z } from '@hono/zod-openapi';
import { json, refusal } from '../../response/answers.ts';
import type { App } from '../../app-env.ts';
import { userRoute } from '../../endpoint.ts';

const answer = z.object({
  status: z.literal('success'),
  data: z.object({ user_id: z.string(), email: z.string(), admin: z.boolean(), registered_on: z.iso.datetime() }),
});

const routeAt = <const P extends string>(path: P) =>
  userRoute({
    method: 'get',
    path,
    summary: 'Who the bearer of the access token is',
    responses: {
      200: json(answer, 'The account, as the database has it now.'),
      401: refusal('missing_token', 'malformed_token', 'expired_token', 'invalid_token', 'revoked_token'),
      429: refusal('too_many_requests'),
      503: refusal('storage_unavailable', 'misconfigured'),
    },
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
