import { z } from '@hono/zod-openapi';
import { listSessions } from '../../../domain/session/list-sessions.ts';
import type { App } from '../../app-env.ts';
import { userRoute } from '../../endpoint.ts';
import { account, shapeAccount } from '../../response/account.ts';
import { json } from '../../response/json.ts';
import { session, shapeSession } from '../../response/session.ts';

const data = z.object({ account, sessions: z.array(session) }).openapi('Export');

const response = z.object({ status: z.literal('success'), data }).openapi('ExportResponse');

const route = userRoute({
  method: 'get',
  path: '/auth/user/export',
  summary: 'What is stored about the user, as a file',
  responses: { 200: json(response, 'The account and its live sessions.') },
});

export function mountExport(app: App) {
  app.openapi(route, async (c) => {
    const sessions = await listSessions(c.var.deps, c.var.caller);
    const data = { account: shapeAccount(c.var.caller.user), sessions: sessions.map(shapeSession) };
    c.header('Content-Disposition', 'attachment; filename="account.json"');
    return c.json({ status: 'success' as const, data }, 200);
  });
}
