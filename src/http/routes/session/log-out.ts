import { z } from '@hono/zod-openapi';
import { logOut, logoutScopes } from '../../../domain/session/log-out.ts';
import { revokeRefreshToken } from '../../../domain/session/revoke-refresh-token.ts';
import { Refusal } from '../../../errors.ts';
import type { App } from '../../app-env.ts';
import { holderRoute } from '../../endpoint.ts';
import { holderBody } from '../../middleware/require-holder.ts';
import { json, messageResponse, shapeMessage } from '../../response/json.ts';

const scope = z.enum(logoutScopes, { error: 'Must be session, others or all.' }).default('session');

const route = holderRoute(
  {
    method: 'post',
    path: '/auth/logout',
    summary: 'End the session of a token, the other sessions of its user, or all',
    description:
      'A refresh token in the body ends its session, even when the access token has expired. A refresh token that is not ours, or whose session is over, gets the same response.',
    request: { query: z.object({ scope }), body: holderBody },
    responses: { 200: json(messageResponse, 'The sessions are over, recorded in the database and in KV.') },
  },
  { missing: 'logout_without_token' },
);

export function mountLogOut(app: App) {
  app.openapi(route, async (c) => {
    const { deps, holder } = c.var;
    const { scope } = c.req.valid('query');
    if ('claims' in holder) await logOut(deps, holder.claims, scope);
    else if (scope === 'session') await revokeRefreshToken(deps, holder.unverifiedRefreshToken);
    else
      throw new Refusal('invalid_request', {
        errors: [{ path: 'scope', message: 'Goes with an access token alone, and not with a refresh token.' }],
      });
    return c.json(shapeMessage('Successfully logged out.'), 200);
  });
}
