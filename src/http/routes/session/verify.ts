import { refusal } from '../../response/answers.ts';
import type { App } from '../../app-env.ts';
import { tokenRoute } from '../../endpoint.ts';

const route = tokenRoute({
  method: 'get',
  path: '/auth/verify',
  summary: 'Whether to let in the bearer of the access token: for reverse proxies',
  responses: {
    204: { description: 'Let in the user X-User-Id, whose session is X-Session-Id.' },
    401: refusal('missing_token', 'malformed_token', 'expired_token', 'invalid_token', 'revoked_token'),
    429: refusal('too_many_requests'),
    503: refusal('storage_unavailable', 'misconfigured'),
  },
});

export function mountVerify(app: App) {
  app.openapi(route, (c) => {
    const { sub, sid } = c.var.claims;
    return c.body(null, 204, { 'X-User-Id': sub, 'X-Session-Id': sid });
  });
}
