import { z } from '@hono/zod-openapi';
import { introspect } from '../../../domain/oauth/introspect.ts';
import type { App } from '../../app-env.ts';
import { clientRoute } from '../../endpoint.ts';
import { json } from '../../response/json.ts';
import { tokenForm } from './token-form.ts';

const common = {
  active: z.literal(true),
  iss: z.string(),
  aud: z.string(),
  token_type: z.literal('Bearer'),
  client_id: z.string(),
  sub: z.string(),
  jti: z.string(),
  iat: z.int(),
  exp: z.int().optional(),
  scope: z.string().optional(),
};

const ofUser = z
  .object({
    ...common,
    kind: z.literal('user'),
    sid: z.string().optional(),
    key_id: z.string().optional(),
    admin: z.boolean(),
    roles: z.array(z.string()),
    email_verified: z.boolean(),
    user_version: z.int(),
    rights_version: z.int(),
    auth_time: z.int().optional(),
    acr: z.enum(['aal1', 'aal2']).optional(),
    amr: z.array(z.string()).optional(),
  })
  .catchall(z.unknown())
  .openapi('ActiveUserToken');

const ofMachine = z
  .object({ ...common, kind: z.literal('machine'), key_id: z.string().optional(), client_version: z.int() })
  .openapi('ActiveMachineToken');

const response = z
  .union([z.object({ active: z.literal(false) }).openapi('InactiveToken'), ofUser, ofMachine])
  .openapi('Introspection');

const route = clientRoute({
  method: 'post',
  path: '/oauth/introspect',
  summary: 'Whether an access token or API key would be accepted now, and what it says (RFC 7662)',
  request: tokenForm,
  responses: {
    200: json(response, 'What database and denylist say of the token. A refresh token is never active.'),
  },
});

export function mountIntrospect(app: App) {
  app.openapi(route, async (c) => {
    const { deps, client } = c.var;
    const found = await introspect(deps, client, c.req.valid('form').token);
    if (found === undefined) return c.json({ active: false as const }, 200);
    const frame = {
      active: true as const,
      iss: deps.config.issuer,
      aud: found.audience,
      token_type: 'Bearer' as const,
    };
    if (found.kind === 'machine') return c.json({ ...found.claims, ...frame, kind: 'machine' as const }, 200);
    const { claims } = found;
    return c.json({ ...claims, roles: [...claims.roles], ...frame, kind: 'user' as const }, 200);
  });
}
