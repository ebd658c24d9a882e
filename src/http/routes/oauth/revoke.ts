import { revokeToken } from '../../../domain/oauth/revoke-token.ts';
import type { App } from '../../app-env.ts';
import { clientRoute } from '../../endpoint.ts';
import { oauthError } from '../../response/oauth-error.ts';
import { tokenForm } from './token-form.ts';

const route = clientRoute({
  method: 'post',
  path: '/oauth/revoke',
  summary: 'End the session that a token belongs to (RFC 7009)',
  request: tokenForm,
  responses: {
    200: { description: 'The session of the token is over, if there was one.' },
    400: oauthError('Not a request of RFC 7009.'),
    401: oauthError('Not a client of ours.'),
    413: oauthError('The form is larger than 16 KiB.'),
    415: oauthError('Not a form.'),
    429: oauthError('Too many requests from this address.'),
    503: oauthError('It could not be recorded: try again.'),
  },
});

export function mountRevoke(app: App) {
  app.openapi(route, async (c) => {
    await revokeToken(c.var.deps, c.req.valid('form').token);
    return c.body(null, 200);
  });
}
