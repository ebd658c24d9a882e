import { refresh } from '../../../domain/session/refresh.ts';
import type { App } from '../../app-env.ts';
import { openRoute } from '../../endpoint.ts';
import { jsonRequest, text } from '../../request/json-body.ts';
import { deviceOf } from '../../request/login-origin.ts';
import { json } from '../../response/json.ts';
import { shapeTokens, tokenResponse } from '../../response/tokens.ts';

const route = openRoute(
  {
    method: 'post',
    path: '/auth/refresh',
    summary: 'Continue a session',
    request: jsonRequest({ refresh_token: text }),
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
