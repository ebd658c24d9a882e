import { revokeToken } from '../../../domain/oauth/revoke-token.ts';
import type { App } from '../../app-env.ts';
import { clientRoute } from '../../endpoint.ts';
import { tokenForm } from './token-form.ts';

const route = clientRoute({
  method: 'post',
  path: '/oauth/revoke',
  summary: 'Revoke a token with its session, or an API key (RFC 7009)',
  request: tokenForm,
  responses: {
    200: { description: 'The token is revoked, and its session is over if it has one.' },
  },
});

export function mountRevokeToken(app: App) {
  app.openapi(route, async (c) => {
    await revokeToken(c.var.deps, c.var.client, c.req.valid('form').token);
    return c.body(null, 200);
  });
}
