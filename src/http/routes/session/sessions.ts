import { z } from '@hono/zod-openapi';
import { listSessions } from '../../../domain/session/list-sessions.ts';
import { revokeOwnSession } from '../../../domain/session/revoke-own-session.ts';
import type { App } from '../../app-env.ts';
import { revokerRoute, userRoute } from '../../endpoint.ts';
import { json, messageResponse, shapeMessage } from '../../response/json.ts';
import { session, shapeSession } from '../../response/session.ts';

const listing = userRoute({
  method: 'get',
  path: '/auth/sessions',
  summary: 'The live sessions of the user, newest first, a hundred at most',
  responses: {
    200: json(
      z.object({ status: z.literal('success'), data: z.array(session) }).openapi('SessionsResponse'),
      'Where the user is logged in.',
    ),
  },
});

const revocation = revokerRoute(
  {
    method: 'delete',
    path: '/auth/sessions/{id}',
    summary: 'End a session of the user',
    request: { params: z.object({ id: z.string() }) },
    responses: { 200: json(messageResponse, 'The session is over.') },
  },
  { refuses: ['unknown_session'] },
);

export function mountSessions(app: App) {
  app.openapi(listing, async (c) => {
    const sessions = await listSessions(c.var.deps, c.var.caller);
    return c.json({ status: 'success' as const, data: sessions.map(shapeSession) }, 200);
  });
  app.openapi(revocation, async (c) => {
    await revokeOwnSession(c.var.deps, c.var.revoker, c.req.valid('param').id);
    return c.json(shapeMessage('Session revoked.'), 200);
  });
}
