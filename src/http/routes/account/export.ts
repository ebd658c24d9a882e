import { z } from '@hono/zod-openapi';
import { exportAccount } from '../../../domain/account/export-account.ts';
import type { App } from '../../app-env.ts';
import { userRoute } from '../../endpoint.ts';
import { account, shapeAccount } from '../../response/account.ts';
import { event, shapeEvent } from '../../response/event.ts';
import { factors, shapeFactors } from '../../response/factor.ts';
import { json } from '../../response/json.ts';
import { apiKey, shapeKey } from '../../response/key.ts';
import { session, shapeSession } from '../../response/session.ts';

const data = z
  .object({ account, sessions: z.array(session), keys: z.array(apiKey), factors, events: z.array(event) })
  .openapi('Export');

const response = z.object({ status: z.literal('success'), data }).openapi('ExportResponse');

const route = userRoute({
  method: 'get',
  path: '/auth/user/export',
  summary: 'What is stored about the user, as a file',
  responses: {
    200: json(response, 'The account, its live sessions, its API keys, its second factors and its events.'),
  },
});

export function mountExport(app: App) {
  app.openapi(route, async (c) => {
    const { deps, caller } = c.var;
    const { sessions, keys, events, factors } = await exportAccount(deps, caller);
    const data = {
      account: shapeAccount(caller.user),
      sessions: sessions.map(shapeSession),
      keys: keys.map(shapeKey),
      factors: shapeFactors(factors),
      events: events.map(shapeEvent),
    };
    c.header('Content-Disposition', 'attachment; filename="account.json"');
    return c.json({ status: 'success' as const, data }, 200);
  });
}
