import { logIn } from '../../../domain/login/log-in.ts';
import type { App } from '../../app-env.ts';
import { openRoute } from '../../endpoint.ts';
import { credentials } from '../../request/credentials.ts';
import { loginOriginOf } from '../../request/login-origin.ts';
import { loginChallenge, shapeLoginChallenge } from '../../response/challenge.ts';
import { json } from '../../response/json.ts';
import { shapeTokens, tokenResponse } from '../../response/tokens.ts';

const route = openRoute(
  {
    method: 'post',
    path: '/auth/login',
    summary: 'Begin a session, or learn that a second factor is missing',
    request: credentials,
    responses: {
      200: json(tokenResponse, 'A new session.'),
      403: json(loginChallenge, 'The password is right, and a second factor is missing.'),
    },
  },
  { refuses: ['invalid_credentials', 'storage_unavailable'], failure: 'login_failed', budget: 'credentials' },
);

export function mountLogIn(app: App) {
  app.openapi(route, async (c) => {
    const outcome = await logIn(c.var.deps, c.req.valid('json'), loginOriginOf(c));
    if ('tokens' in outcome) return c.json(shapeTokens('Successfully logged in.', outcome.tokens), 200);
    const { challenge } = outcome;
    c.set('refusedWith', challenge.code);
    return c.json(shapeLoginChallenge(challenge, c.var.requestId), 403);
  });
}
