import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { startService } from '../../support/service.ts';

describe('the metadata document', () => {
  it.each(['oauth-authorization-server', 'openid-configuration'])(
    'describes at %s what the service can do, under the issuer of its tokens',
    async (name) => {
      const response = await startService({ env: { ISSUER: 'https://auth.example.org' } }).call(`/.well-known/${name}`);
      expect(response.status).toBe(200);
      expect(response.headers.get('cache-control')).toBe('public, max-age=600');
      const methods = ['client_secret_basic', 'client_secret_post', 'private_key_jwt'];
      const algs = ['ES256', 'EdDSA', 'RS256', 'Ed25519'];
      expect(response.body).toEqual({
        issuer: 'https://auth.example.org',
        jwks_uri: 'https://auth.example.org/.well-known/jwks.json',
        token_endpoint: 'https://auth.example.org/oauth/token',
        token_endpoint_auth_methods_supported: [...methods, 'none'],
        token_endpoint_auth_signing_alg_values_supported: algs,
        introspection_endpoint: 'https://auth.example.org/oauth/introspect',
        introspection_endpoint_auth_methods_supported: methods,
        introspection_endpoint_auth_signing_alg_values_supported: algs,
        revocation_endpoint: 'https://auth.example.org/oauth/revoke',
        revocation_endpoint_auth_methods_supported: methods,
        revocation_endpoint_auth_signing_alg_values_supported: algs,
        response_types_supported: ['none'],
        grant_types_supported: [
          'client_credentials',
          'refresh_token',
          'urn:ietf:params:oauth:grant-type:token-exchange',
        ],
        scopes_supported: ['api', 'latchkey:introspect', 'latchkey:revoke'],
      });
      // RFC 8414, section 3.2: no claim has an empty list.
      expect(Object.values(response.body).filter((value) => Array.isArray(value) && value.length === 0)).toEqual([]);
      for (const endpoint of ['jwks_uri', 'token_endpoint', 'introspection_endpoint', 'revocation_endpoint']) {
        const { pathname } = new URL(String(response.body[endpoint]));
        expect((await startService({ env }).call(pathname)).status).not.toBe(404);
      }
    },
  );
});
