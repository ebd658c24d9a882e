import { logIn } from '../../../domain/login/log-in.ts';
import type { App } from '../../app-env.ts';
import { openRoute } from '../../endpoint.ts';
import { credentials } from '../../request/credentials.ts';
import { loginOriginOf } from '../../request/login-origin.ts';
import { json } from '../../response/json.ts';
import { shapeTokens, tokenResponse } from '../../response/tokens.ts';

const route = openRoute(
  {
    method: 'post',
    path: '/auth/login',
    summary: 'Begin a session',
    request: credentials,
    responses: { 200: json(tokenResponse, 'A new session.') },
  },
  { refuses: ['invalid_credentials', 'storage_unavailable'], failure: 'login_failed', budget: 'credentials' },
);

export function mountLogIn(app: App) {
  app.openapi(route, async (c) => {
    const tokens = await logIn(c.var.deps, c.req.valid('json'), loginOriginOf(c));
    return c.json(shapeTokens('Successfully logged in.', tokens), 200);
  });
}
