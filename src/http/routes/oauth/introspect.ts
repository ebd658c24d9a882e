import { z } from '@hono/zod-openapi';
import { introspect } from '../../../domain/oauth/introspect.ts';
import type { App } from '../../app-env.ts';
import { clientRoute } from '../../endpoint.ts';
import { json } from '../../response/json.ts';
import { tokenForm } from './token-form.ts';

const response = z
  .union([
    z.object({ active: z.literal(false) }).openapi('InactiveToken'),
    z
      .object({
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
        roles: z.array(z.string()),
        email_verified: z.boolean(),
        user_version: z.int(),
        rights_version: z.int(),
      })
      .catchall(z.unknown())
      .openapi('ActiveToken'),
  ])
  .openapi('Introspection');

const route = clientRoute(
  {
    method: 'post',
    path: '/oauth/introspect',
    summary: 'Whether an access token would be accepted now, and what it says (RFC 7662)',
    request: tokenForm,
    responses: {
      200: json(response, 'What database and denylist say of the access token. A refresh token is never active.'),
    },
  },
  { refuses: ['storage_unavailable'] },
);

export function mountIntrospect(app: App) {
  app.openapi(route, async (c) => {
    const { issuer: iss, audience: aud } = c.var.deps.config;
    const claims = await introspect(c.var.deps, c.req.valid('form').token);
    if (claims === undefined) return c.json({ active: false as const }, 200);
    return c.json(
      { ...claims, roles: [...claims.roles], active: true as const, iss, aud, token_type: 'Bearer' as const },
      200,
    );
  });
}
