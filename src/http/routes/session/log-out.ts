import { z } from '@hono/zod-openapi';
import { authenticateToLogOut, logOut, logoutScopes } from '../../../domain/session/log-out.ts';
import { revokeRefreshToken } from '../../../domain/oauth/revoke-token.ts';
import { Refusal } from '../../../errors.ts';
import { json, refusal } from '../../response/answers.ts';
import type { App } from '../../app-env.ts';
import { holderRoute } from '../../endpoint.ts';
import { holderBody } from '../../middleware/require-holder.ts';

const answer = z.object({ status: z.literal('success'), message: z.string() });
const scope = z.enum(logoutScopes, { error: 'Must be session, others or all.' }).default('session');

const route = holderRoute(
  {
    method: 'post',
    path: '/auth/logout',
    summary: 'End the session of a token, the other sessions of its user, or all',
    description:
      'A refresh token in the body ends its session, also when the access token has expired. A token that is not ours, or whose session is over, is answered the same.',
    request: {
      query: z.object({ scope }),
      body: { content: { 'application/json': { schema: holderBody } }, required: false },
    },
    responses: {
      200: json(answer, 'The sessions are over, recorded in database and denylist.'),
      400: refusal('malformed_json', 'invalid_request'),
      401: refusal('malformed_token', 'expired_token', 'invalid_token', 'revoked_token'),
      403: refusal('logout_without_token'),
      413: refusal('body_too_large'),
      415: refusal('unsupported_media_type'),
      429: refusal('too_many_requests'),
      503: refusal('storage_unavailable', 'misconfigured'),
    },
  },
  { missing: 'logout_without_token', identify: authenticateToLogOut },
);

export function mountLogOut(app: App) {
  app.openapi(route, async (c) => {
    const { deps, holder } = c.var;
    const { scope } = c.req.valid('query');
    if ('caller' in holder) await logOut(deps, holder.caller, scope);
    else if (scope === 'session') await revokeRefreshToken(deps, holder.refreshToken);
    else
      throw new Refusal('invalid_request', {
        errors: [{ path: 'scope', message: 'Goes with an access token alone, and not with a refresh token.' }],
      });
    return c.json({ status: 'success' as const, message: 'Successfully logged out.' }, 200);
  });
}
