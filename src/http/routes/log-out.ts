import { z } from '@hono/zod-openapi';
import { authenticateToLogOut, logOut, logoutScopes } from '../../domain/log-out.ts';
import { json, refusal } from '../answers.ts';
import type { App } from '../app-env.ts';
import { userRoute } from '../endpoint.ts';

const answer = z.object({ status: z.literal('success'), message: z.string() });
const scope = z.enum(logoutScopes, { error: 'Must be session, others or all.' }).default('session');

const route = userRoute(
  {
    method: 'post',
    path: '/auth/logout',
    summary: 'End the session of the access token, the other sessions of its user, or all',
    request: { query: z.object({ scope }) },
    responses: {
      200: json(answer, 'The sessions are over, recorded in database and denylist.'),
      400: refusal('invalid_request'),
      401: refusal('malformed_token', 'expired_token', 'invalid_token', 'revoked_token'),
      403: refusal('logout_without_token'),
      429: refusal('too_many_requests'),
      503: refusal('storage_unavailable', 'misconfigured'),
    },
  },
  { missing: 'logout_without_token', identify: authenticateToLogOut },
);

export function mountLogOut(app: App) {
  app.openapi(route, async (c) => {
    await logOut(c.var.deps, c.var.caller, c.req.valid('query').scope);
    return c.json({ status: 'success' as const, message: 'Successfully logged out.' }, 200);
  });
}
