import { z } from '@hono/zod-openapi';
import { endSessionsOfUser, listSessionsOfUser } from '../../../domain/admin/end-sessions.ts';
import { endSessionOfUser } from '../../../domain/admin/end-session.ts';
import type { App } from '../../app-env.ts';
import { adminRoute } from '../../endpoint.ts';
import { json, messageResponse, shapeMessage } from '../../response/json.ts';
import { session, shapeSession } from '../../response/session.ts';

const path = '/admin/users/{id}/sessions';
const params = z.object({ id: z.string() });
const status = z.literal('success');
const adminSession = session.omit({ current: true }).openapi('AdminSession');

const listing = adminRoute(
  {
    method: 'get',
    path,
    summary: 'The live sessions of a user, newest first, a hundred at most',
    request: { params },
    responses: {
      200: json(
        z.object({ status, data: z.array(adminSession), next: z.string().nullable() }).openapi('AdminSessionsResponse'),
        'Where the user is logged in.',
      ),
    },
  },
  { refuses: ['unknown_user'] },
);

const revocation = adminRoute(
  {
    method: 'delete',
    path,
    summary: 'End all sessions of a user',
    request: { params },
    responses: {
      200: json(
        z.object({ status, message: z.string(), sessions_revoked: z.int() }).openapi('SessionsRevoked'),
        'All sessions of the user are over, and so many of them lived.',
      ),
    },
  },
  { refuses: ['unknown_user'] },
);

const single = adminRoute(
  {
    method: 'delete',
    path: '/admin/users/{id}/sessions/{session}',
    summary: 'End one session of a user',
    request: { params: z.object({ id: z.string(), session: z.string() }) },
    responses: { 200: json(messageResponse, 'The session is over.') },
  },
  { refuses: ['unknown_user', 'unknown_session'] },
);

export function mountSessionsOfUser(app: App) {
  app.openapi(listing, async (c) => {
    const sessions = await listSessionsOfUser(c.var.deps, c.req.valid('param').id);
    const data = sessions.map((listed) => {
      const { current: _, ...shaped } = shapeSession({ ...listed, isCurrent: false });
      return shaped;
    });
    return c.json({ status: 'success' as const, data, next: null }, 200);
  });

  app.openapi(revocation, async (c) => {
    const { sessionsRevoked } = await endSessionsOfUser(c.var.deps, c.var.admin, c.req.valid('param').id);
    return c.json({ status: 'success' as const, message: 'Sessions revoked.', sessions_revoked: sessionsRevoked }, 200);
  });

  app.openapi(single, async (c) => {
    const { id, session } = c.req.valid('param');
    await endSessionOfUser(c.var.deps, c.var.admin, { id: session, userId: id });
    return c.json(shapeMessage('Session revoked.'), 200);
  });
}
