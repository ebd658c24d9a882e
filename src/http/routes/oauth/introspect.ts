import { z } from '@hono/zod-openapi';
import { introspect } from '../../../domain/oauth/introspect.ts';
import { json } from '../../response/answers.ts';
import type { App } from '../../app-env.ts';
import { clientRoute } from '../../endpoint.ts';
import { oauthError } from '../../response/oauth-error.ts';
import { tokenForm } from './token-form.ts';

const answer = z.union([
  z.object({ active: z.literal(false) }),
  z.object({
    active: z.literal(true),
    iss: z.string(),
    aud: z.string(),
    token_type: z.literal('Bearer'),
    client_id: z.string(),
    sub: z.string(),
    sid: z.string(),
    jti: z.string(),
    iat: z.int(),
    exp: z.int(),
    admin: z.boolean(),
    user_version: z.int(),
  }),
]);

const route = clientRoute({
  method: 'post',
  path: '/oauth/introspect',
  summary: 'Whether an access token would be accepted now, and what it says (RFC 7662)',
  request: tokenForm,
  responses: {
    200: json(answer, 'The state of the access token, the database asked. A refresh token is not active.'),
    400: oauthError('Not a request of RFC 7662.'),
    401: oauthError('Not a client of ours.'),
    413: oauthError('The form is larger than 16 KiB.'),
    415: oauthError('Not a form.'),
    429: oauthError('Too many requests from this address.'),
    503: oauthError('Storage is out of reach, or the configuration wrong.'),
  },
});

export function mountIntrospect(app: App) {
  app.openapi(route, async (c) => {
    const { issuer: iss, audience: aud } = c.var.deps.config;
    const claims = await introspect(c.var.deps, c.req.valid('form').token);
    if (claims === undefined) return c.json({ active: false as const }, 200);
    return c.json({ active: true as const, iss, aud, token_type: 'Bearer' as const, ...claims }, 200);
  });
}
