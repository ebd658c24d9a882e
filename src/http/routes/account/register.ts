import { register } from '../../../domain/account/register.ts';
import { json, refusal, shapeTokens, tokenAnswer } from '../../response/answers.ts';
import type { App } from '../../app-env.ts';
import { credentials } from '../../request/credentials.ts';
import { placeOf } from '../../request/login-origin.ts';
import { openRoute } from '../../endpoint.ts';

const route = openRoute(
  {
    method: 'post',
    path: '/auth/register',
    summary: 'Make an account and log it in',
    request: credentials,
    responses: {
      201: json(tokenAnswer, 'The account exists, and a first session with it.'),
      202: refusal('email_taken'),
      400: refusal('malformed_json', 'invalid_request'),
      413: refusal('body_too_large'),
      415: refusal('unsupported_media_type'),
      429: refusal('too_many_requests'),
      500: refusal('registration_failed'),
      503: refusal('misconfigured', 'storage_unavailable', 'breach_check_unavailable'),
    },
  },
  { failure: 'registration_failed', budget: 'credentials' },
);

export function mountRegister(app: App) {
  app.openapi(route, async (c) => {
    const tokens = await register(c.var.deps, c.req.valid('json'), placeOf(c));
    return c.json(shapeTokens('Successfully registered.', tokens), 201);
  });
}
