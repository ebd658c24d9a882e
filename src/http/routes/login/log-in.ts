import { logIn } from '../../../domain/login/log-in.ts';
import { json, refusal, shapeTokens, tokenAnswer } from '../../response/answers.ts';
import type { App } from '../../app-env.ts';
import { credentials } from '../../request/credentials.ts';
import { placeOf } from '../../request/login-origin.ts';
import { openRoute } from '../../endpoint.ts';

const route = openRoute(
  {
    method: 'post',
    path: '/auth/login',
    summary: 'Begin a session',
    request: credentials,
    responses: {
      200: json(tokenAnswer, 'A new session.'),
      400: refusal('malformed_json', 'invalid_request'),
      404: refusal('invalid_credentials'),
      413: refusal('body_too_large'),
      415: refusal('unsupported_media_type'),
      429: refusal('too_many_requests'),
      500: refusal('login_failed'),
      503: refusal('misconfigured', 'storage_unavailable'),
    },
  },
  { failure: 'login_failed', budget: 'credentials' },
);

export function mountLogIn(app: App) {
  app.openapi(route, async (c) => {
    const tokens = await logIn(c.var.deps, c.req.valid('json'), placeOf(c));
    return c.json(shapeTokens('Successfully logged in.', tokens), 200);
  });
}
