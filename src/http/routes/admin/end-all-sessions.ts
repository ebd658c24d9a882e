import { z } from '@hono/zod-openapi';
import { endAllSessions } from '../../../domain/admin/end-all-sessions.ts';
import type { App } from '../../app-env.ts';
import { adminRoute } from '../../endpoint.ts';
import { after } from '../../request/page.ts';
import { strictRequest } from '../../request/user-fields.ts';
import { json } from '../../response/json.ts';

const flag = z.boolean({ error: 'Must be true or false.' }).default(false);

const response = z
  .object({
    status: z.literal('success'),
    message: z.string(),
    users_changed: z.int(),
    sessions_revoked: z.int(),
    next: z.string().nullable(),
  })
  .openapi('AllSessionsRevoked');

const route = adminRoute(
  {
    method: 'post',
    path: '/admin/sessions/revoke',
    summary: 'End the sessions of all users, some hundred users a call',
    request: strictRequest({ after, reset_passwords: flag, restored: flag }),
    responses: { 200: json(response, 'So many users, and so many sessions that lived. Go on with `next`.') },
  },
  { refuses: ['operator_required'] },
);

export function mountEndAllSessions(app: App) {
  app.openapi(route, async (c) => {
    const { after, reset_passwords: resetsPasswords, restored: hasRestored } = c.req.valid('json');
    const { deps, admin } = c.var;
    const swept = await endAllSessions(deps, admin, after, { resetsPasswords, hasRestored });
    return c.json(
      {
        status: 'success' as const,
        message: 'Sessions revoked.',
        users_changed: swept.users,
        sessions_revoked: swept.sessionsRevoked,
        next: swept.next ?? null,
      },
      200,
    );
  });
}
