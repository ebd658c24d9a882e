import { z } from '@hono/zod-openapi';
import { refresh } from '../../../domain/session/refresh.ts';
import type { App } from '../../app-env.ts';
import { openRoute } from '../../endpoint.ts';
import { deviceOf } from '../../request/login-origin.ts';
import { json } from '../../response/json.ts';
import { shapeTokens, tokenResponse } from '../../response/tokens.ts';

const refreshToken = z.string({ error: ({ input }) => (input === undefined ? 'Is missing.' : 'Must be a string.') });
const body = z.object({ refresh_token: refreshToken }, { error: 'Must be an object.' });

const route = openRoute(
  {
    method: 'post',
    path: '/auth/refresh',
    summary: 'Continue a session',
    request: { body: { content: { 'application/json': { schema: body } }, required: true } },
    responses: {
      200: json(
        tokenResponse,
        'New tokens. A repeated request, within the grace, gets the current refresh token again.',
      ),
    },
  },
  { refuses: ['invalid_refresh_token', 'storage_unavailable'], budget: 'refresh' },
);

export function mountRefresh(app: App) {
  app.openapi(route, async (c) => {
    const tokens = await refresh(c.var.deps, c.req.valid('json').refresh_token, deviceOf(c));
    return c.json(shapeTokens('Token refreshed.', tokens), 200);
  });
}
