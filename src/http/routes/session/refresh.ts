import { z } from '@hono/zod-openapi';
import { refresh } from '../../../domain/session/refresh.ts';
import { json, refusal, shapeTokens, tokenAnswer } from '../../response/answers.ts';
import type { App } from '../../app-env.ts';
import { deviceOf } from '../../request/login-origin.ts';
import { openRoute } from '../../endpoint.ts';

const refreshToken = z.string({ error: ({ input }) => (input === undefined ? 'Is missing.' : 'Must be a string.') });
const body = z.object({ refresh_token: refreshToken }, { error: 'Must be an object.' });

const route = openRoute(
  {
    method: 'post',
    path: '/auth/refresh',
    summary: 'Go on with a session',
    request: { body: { content: { 'application/json': { schema: body } }, required: true } },
    responses: {
      200: json(tokenAnswer, 'New tokens; for a repeated request, within the grace, the refresh token in force again.'),
      400: refusal('malformed_json', 'invalid_request'),
      401: refusal('invalid_refresh_token'),
      413: refusal('body_too_large'),
      415: refusal('unsupported_media_type'),
      429: refusal('too_many_requests'),
      503: refusal('storage_unavailable', 'misconfigured'),
    },
  },
  { budget: 'refresh' },
);

export function mountRefresh(app: App) {
  app.openapi(route, async (c) => {
    const tokens = await refresh(c.var.deps, c.req.valid('json').refresh_token, deviceOf(c));
    return c.json(shapeTokens('Token refreshed.', tokens), 200);
  });
}
