import { z } from '@hono/zod-openapi';
import { describeAbilities } from '../../../domain/oauth/abilities.ts';
import type { App } from '../../app-env.ts';
import { openRoute } from '../../endpoint.ts';
import { json } from '../../response/json.ts';

const PATHS = ['/.well-known/oauth-authorization-server', '/.well-known/openid-configuration'] as const;

const response = z
  .object({
    issuer: z.url(),
    jwks_uri: z.url(),
    token_endpoint: z.url(),
    token_endpoint_auth_methods_supported: z.array(z.string()),
    token_endpoint_auth_signing_alg_values_supported: z.array(z.string()),
    introspection_endpoint: z.url(),
    introspection_endpoint_auth_methods_supported: z.array(z.string()),
    introspection_endpoint_auth_signing_alg_values_supported: z.array(z.string()),
    revocation_endpoint: z.url(),
    revocation_endpoint_auth_methods_supported: z.array(z.string()),
    revocation_endpoint_auth_signing_alg_values_supported: z.array(z.string()),
    response_types_supported: z.array(z.string()),
    grant_types_supported: z.array(z.string()),
    scopes_supported: z.array(z.string()),
  })
  .openapi('ServerMetadata');

const CLIENT_AUTHENTICATION = ['client_secret_basic', 'client_secret_post', 'private_key_jwt'];

const routeAt = <const P extends string>(path: P) =>
  openRoute({
    method: 'get',
    path,
    summary: 'The OAuth endpoints and what they support (RFC 8414)',
    responses: {
      200: json(response, 'The metadata. There is no authorization endpoint, so no response type is supported.'),
    },
  });

/**
 * Serves one document under two names: many libraries look for the keys of an issuer under OpenID Connect's name only.
 */
export function mountMetadata(app: App) {
  for (const path of PATHS) {
    app.openapi(routeAt(path), (c) => {
      c.header('Cache-Control', 'public, max-age=600');
      return c.json(metadataOf(describeAbilities(c.var.deps)), 200);
    });
  }
}

/**
 * RFC 8414 requires a `response_types_supported` that is not empty, so it says `none`, which is a registered type. The
 * token endpoint takes `none` too, for the refresh tokens of people and for API keys.
 */
function metadataOf({
  issuer,
  grantTypes,
  assertionAlgs,
  scopes,
}: ReturnType<typeof describeAbilities>): z.infer<typeof response> {
  return {
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    token_endpoint: `${issuer}/oauth/token`,
    token_endpoint_auth_methods_supported: [...CLIENT_AUTHENTICATION, 'none'],
    token_endpoint_auth_signing_alg_values_supported: assertionAlgs,
    introspection_endpoint: `${issuer}/oauth/introspect`,
    introspection_endpoint_auth_methods_supported: CLIENT_AUTHENTICATION,
    introspection_endpoint_auth_signing_alg_values_supported: assertionAlgs,
    revocation_endpoint: `${issuer}/oauth/revoke`,
    revocation_endpoint_auth_methods_supported: CLIENT_AUTHENTICATION,
    revocation_endpoint_auth_signing_alg_values_supported: assertionAlgs,
    response_types_supported: ['none'],
    grant_types_supported: grantTypes,
    scopes_supported: scopes,
  };
}
