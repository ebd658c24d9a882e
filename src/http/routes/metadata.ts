import { z } from '@hono/zod-openapi';
import { json, refusal } from '../answers.ts';
import type { App } from '../app-env.ts';
import { openRoute } from '../endpoint.ts';

const answer = z.object({
  issuer: z.url(),
  jwks_uri: z.url(),
  introspection_endpoint: z.url(),
  introspection_endpoint_auth_methods_supported: z.array(z.string()),
  revocation_endpoint: z.url(),
  revocation_endpoint_auth_methods_supported: z.array(z.string()),
  response_types_supported: z.array(z.string()),
  grant_types_supported: z.array(z.string()),
});

const CLIENT_AUTHENTICATION = ['client_secret_basic', 'client_secret_post'];

const route = openRoute({
  method: 'get',
  path: '/.well-known/oauth-authorization-server',
  summary: 'What the OAuth endpoints are and can (RFC 8414)',
  responses: {
    200: json(answer, 'The metadata. There is no grant by OAuth.'),
    429: refusal('too_many_requests'),
    503: refusal('misconfigured'),
  },
});

export function mountMetadata(app: App) {
  app.openapi(route, (c) => {
    const { issuer } = c.var.deps.config;
    c.header('Cache-Control', 'public, max-age=600');
    const metadata = {
      issuer,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      introspection_endpoint: `${issuer}/oauth/introspect`,
      introspection_endpoint_auth_methods_supported: CLIENT_AUTHENTICATION,
      revocation_endpoint: `${issuer}/oauth/revoke`,
      revocation_endpoint_auth_methods_supported: CLIENT_AUTHENTICATION,
      response_types_supported: [],
      grant_types_supported: [],
    };
    return c.json(metadata, 200);
  });
}
