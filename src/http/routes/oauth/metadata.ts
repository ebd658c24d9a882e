import { z } from '@hono/zod-openapi';
import type { App } from '../../app-env.ts';
import { openRoute } from '../../endpoint.ts';
import { json } from '../../response/json.ts';

const PATHS = ['/.well-known/oauth-authorization-server', '/.well-known/openid-configuration'] as const;

const response = z.object({
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

const routeAt = <const P extends string>(path: P) =>
  openRoute({
    method: 'get',
    path,
    summary: 'What the OAuth endpoints are and can (RFC 8414)',
    responses: {
      200: json(response, 'The metadata. Nobody is sent here to log in, so no response type is supported.'),
    },
  });

/** The same document under both names: many libraries look for the keys of an issuer under that of OpenID Connect only. */
export function mountMetadata(app: App) {
  for (const path of PATHS) {
    app.openapi(routeAt(path), (c) => {
      c.header('Cache-Control', 'public, max-age=600');
      return c.json(metadataOf(c.var.deps.config.issuer), 200);
    });
  }
}

/**
 * RFC 8414 requires `response_types_supported`, allows no empty list, and takes authorization codes for supported where
 * `grant_types_supported` is missing. So the one says `none`, which is a registered type, and the other names the grant that
 * there is. It departs from the RFC in one thing: there is no `token_endpoint`, since `/auth/refresh` takes JSON and is none.
 */
function metadataOf(issuer: string): z.infer<typeof response> {
  return {
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    introspection_endpoint: `${issuer}/oauth/introspect`,
    introspection_endpoint_auth_methods_supported: CLIENT_AUTHENTICATION,
    revocation_endpoint: `${issuer}/oauth/revoke`,
    revocation_endpoint_auth_methods_supported: CLIENT_AUTHENTICATION,
    response_types_supported: ['none'],
    grant_types_supported: ['refresh_token'],
  };
}
