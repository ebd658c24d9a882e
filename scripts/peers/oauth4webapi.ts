import assert from 'node:assert/strict';
import * as oauth from 'oauth4webapi';
import type { Client } from '../harness/http-client.ts';
import type { OAuthClient } from '../harness/oauth-client.ts';

const AUDIENCE = 'latchkey';

/** Discovers, verifies (RFC 9068), introspects (RFC 7662) and revokes (RFC 7009) with oauth4webapi, which is strict. */
export async function runOauth4webapi(issuer: string, service: Client, { id, secret }: OAuthClient): Promise<void> {
  const user = { email: 'oauth4webapi@example.org', password: '123456' };
  const { accessToken, refreshToken } = await service.register(user);

  for (const algorithm of ['oauth2', 'oidc'] as const) {
    const as = await discover(issuer, algorithm);
    const { sub, client_id } = await verify(as, accessToken);
    assert.equal(client_id, 'first-party');
    for (const authenticate of [oauth.ClientSecretBasic, oauth.ClientSecretPost]) {
      const { introspect, revoke } = actions(as, id, authenticate(secret));
      const state = await introspect(accessToken);
      assert.deepEqual(
        [state.active, state.token_type, state.aud, state.sub, state.client_id],
        [true, 'Bearer', AUDIENCE, sub, client_id],
      );
      assert.equal((await introspect(refreshToken)).active, false, 'a refresh token is not a bearer token');

      const other = await service.logIn(user);
      await revoke(other.refreshToken);
      assert.equal((await introspect(other.accessToken)).active, false);
    }
    const wrong = actions(as, id, oauth.ClientSecretBasic('wrong'));
    await assert.rejects(wrong.introspect(accessToken), oauth.WWWAuthenticateChallengeError);
    await assert.rejects(wrong.revoke(refreshToken), oauth.WWWAuthenticateChallengeError);
    await assert.rejects(verify(as, refreshToken));
    await assert.rejects(verify(as, accessToken, 'others'));
  }
  console.log('ok: oauth4webapi discovers, verifies (RFC 9068), introspects and revokes');
}

/** Reads the metadata at one of the two well-known addresses. */
export async function discover(issuer: string, algorithm: 'oauth2' | 'oidc'): Promise<oauth.AuthorizationServer> {
  const url = new URL(issuer);
  return oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, { algorithm }));
}

/** Verifies an access token (RFC 9068) as a resource server does. */
export async function verify(as: oauth.AuthorizationServer, token: string, audience = AUDIENCE) {
  const request = new Request('http://localhost/orders', { headers: { authorization: `Bearer ${token}` } });
  return oauth.validateJwtAccessToken(as, request, audience);
}

function actions(as: oauth.AuthorizationServer, id: string, authentication: oauth.ClientAuth) {
  const client = { client_id: id };
  return {
    introspect: async (token: string) => {
      const response = await oauth.introspectionRequest(as, client, authentication, token);
      return oauth.processIntrospectionResponse(as, client, response);
    },
    revoke: async (token: string) => {
      const response = await oauth.revocationRequest(as, client, authentication, token);
      return oauth.processRevocationResponse(response);
    },
  };
}
