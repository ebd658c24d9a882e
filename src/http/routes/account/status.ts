import { z } from '@hono/zod-openapi';
import type { App } from '../../app-env.ts';
import { userRoute } from '../../endpoint.ts';
import { account, shapeAccount } from '../../response/account.ts';
import { json } from '../../response/json.ts';

const response = z.object({ status: z.literal('success'), data: account }).openapi('UserResponse');

const routeAt = <const P extends string>(path: P) =>
  userRoute({
    method: 'get',
    path,
    summary: 'Who the bearer of the access token is',
    responses: { 200: json(response, 'The account, as the database has it now.') },
  });

export function mountStatus(app: App) {
  for (const path of ['/auth/status', '/auth/user']) {
    app.openapi(routeAt(path), (c) =>
      c.json({ status: 'success' as const, data: shapeAccount(c.var.caller.user) }, 200),
    );
  }
}
