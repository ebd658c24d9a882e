import { revokeToken } from '../../../domain/oauth/revoke-token.ts';
import type { App } from '../../app-env.ts';
import { clientRoute } from '../../endpoint.ts';
import { tokenForm } from './token-form.ts';

const route = clientRoute(
  {
    method: 'post',
    path: '/oauth/revoke',
    summary: 'End the session that a token belongs to (RFC 7009)',
    request: tokenForm,
    responses: {
      200: { description: 'The session of the token is over, if the token has one.' },
    },
  },
  { refuses: ['storage_unavailable'] },
);

export function mountRevokeToken(app: App) {
  app.openapi(route, async (c) => {
    await revokeToken(c.var.deps, c.req.valid('form').token);
    return c.body(null, 200);
  });
}
