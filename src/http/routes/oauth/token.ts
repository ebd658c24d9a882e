import { z } from '@hono/zod-openapi';
import { grantToken } from '../../../domain/oauth/grant-token.ts';
import type { App } from '../../app-env.ts';
import { grantRoute } from '../../endpoint.ts';
import { text } from '../../request/json-body.ts';
import { deviceOf } from '../../request/login-origin.ts';
import { json } from '../../response/json.ts';

const form = z.object({
  grant_type: text,
  scope: z.string().optional(),
  resource: z.string().optional(),
  audience: z.string().optional(),
  refresh_token: z.string().optional(),
  subject_token: z.string().optional(),
  subject_token_type: z.string().optional(),
  requested_token_type: z.string().optional(),
  actor_token: z.string().optional(),
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
  client_assertion_type: z.string().optional(),
  client_assertion: z.string().optional(),
});

const response = z
  .object({
    access_token: z.string(),
    issued_token_type: z.string().optional(),
    token_type: z.literal('Bearer'),
    expires_in: z.int(),
    refresh_token: z.string().optional(),
    scope: z.string().optional(),
  })
  .openapi('OAuthTokens');

const route = grantRoute(
  {
    method: 'post',
    path: '/oauth/token',
    summary: 'An access token for a client, a refresh token or an API key (RFC 6749, RFC 8693)',
    request: {
      body: { content: { 'application/x-www-form-urlencoded': { schema: form } }, required: true },
    },
    responses: { 200: json(response, 'The access token, and with it a refresh token where one was sent.') },
  },
  {
    refuses: [
      'invalid_grant',
      'invalid_subject_token',
      'invalid_scope',
      'invalid_target',
      'unsupported_grant_type',
      'unauthorized_client',
    ],
    budget: 'refresh',
  },
);

export function mountToken(app: App) {
  app.openapi(route, async (c) => {
    const { deps, formClient } = c.var;
    const granted = await grantToken(deps, formClient, c.req.valid('form'), deviceOf(c));
    return c.json(
      {
        access_token: granted.accessToken,
        ...(granted.issuedTokenType !== undefined && { issued_token_type: granted.issuedTokenType }),
        token_type: 'Bearer' as const,
        expires_in: granted.expiresInSeconds,
        ...(granted.refreshToken !== undefined && { refresh_token: granted.refreshToken }),
        ...(granted.scope !== undefined && { scope: granted.scope }),
      },
      200,
    );
  });
}
