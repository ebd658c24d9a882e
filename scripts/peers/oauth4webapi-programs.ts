import assert from 'node:assert/strict';
import * as oauth from 'oauth4webapi';
import { z } from 'zod';
import type { Client } from '../harness/http-client.ts';
import { type Machines, OTHER_SCOPE, SCOPE } from './machines.ts';
import { discover, verify } from './oauth4webapi.ts';
import { ACCESS_TOKEN, TOKEN_EXCHANGE } from './token-exchange.ts';

/** Gets tokens by all grants (RFC 6749, RFC 8693) and ways to authenticate (RFC 7523), and verifies them, with oauth4webapi. */
export async function runOauth4webapiPrograms(issuer: string, service: Client, machines: Machines): Promise<void> {
  const user = await service.register({ email: 'programs-oauth4webapi@example.org', password: '123456' });
  for (const algorithm of ['oauth2', 'oidc'] as const) {
    const as = await discover(issuer, algorithm);
    await grantToClients(as, machines);
    await refresh(as, user.refreshToken);
    await exchange(as, service, user.accessToken);
  }
  console.log('ok: oauth4webapi gets tokens for clients, refresh tokens and API keys, and verifies them (RFC 9068)');
}

async function grantToClients(as: oauth.AuthorizationServer, { id, secret, keyed }: Machines): Promise<void> {
  const ways: [string, oauth.ClientAuth][] = [
    [id, oauth.ClientSecretBasic(secret)],
    [id, oauth.ClientSecretPost(secret)],
    [keyed.id, oauth.PrivateKeyJwt({ key: keyed.key, kid: keyed.kid })],
  ];
  for (const [id, authentication] of ways) {
    const client = { client_id: id };
    const grant = async (scope: string) =>
      oauth.processClientCredentialsResponse(
        as,
        client,
        await oauth.clientCredentialsGrantRequest(as, client, authentication, { scope }),
      );
    const { access_token: token, refresh_token: none, scope } = await grant(SCOPE);
    const claims = await verify(as, token);
    assert.deepEqual(
      [claims.sub, claims.client_id, claims['scope'], claims['sid'], scope, none],
      [id, id, SCOPE, undefined, SCOPE, undefined],
    );
    await assert.rejects(verify(as, token, 'others'));
    await assert.rejects(grant(OTHER_SCOPE), isError('invalid_scope'));

    const introspect = async () => {
      const response = await oauth.introspectionRequest(as, client, authentication, token);
      return oauth.processIntrospectionResponse(as, client, response);
    };
    const state = await introspect();
    assert.deepEqual([state.active, state['kind'], state.client_id, state.scope], [true, 'machine', id, SCOPE]);
    await oauth.processRevocationResponse(await oauth.revocationRequest(as, client, authentication, token));
    assert.equal((await introspect()).active, false, 'a machine token is revoked alone');
  }
  const wrong = oauth.ClientSecretBasic('wrong');
  const client = { client_id: id };
  const refused = await oauth.clientCredentialsGrantRequest(as, client, wrong, {});
  await assert.rejects(
    oauth.processClientCredentialsResponse(as, client, refused),
    oauth.WWWAuthenticateChallengeError,
  );
}

async function refresh(as: oauth.AuthorizationServer, refreshToken: string): Promise<void> {
  const client = { client_id: 'first-party' };
  const grant = async (token: string) =>
    oauth.processRefreshTokenResponse(
      as,
      client,
      await oauth.refreshTokenGrantRequest(as, client, oauth.None(), token),
    );
  const { access_token: token, refresh_token: next } = await grant(refreshToken);
  const claims = await verify(as, token);
  assert.deepEqual([claims.client_id, claims['scope'], typeof claims['sid']], ['first-party', SCOPE, 'string']);
  assert.ok(next !== undefined);
  await assert.rejects(grant(`${next}x`), isError('invalid_grant'));
}

async function exchange(as: oauth.AuthorizationServer, service: Client, accessToken: string): Promise<void> {
  const { body } = await service.post('/auth/keys', { name: 'oauth4webapi' }, accessToken);
  const { key, data } = made.parse(body);
  const client = { client_id: 'api-key' };
  const grant = async (subject: string) => {
    const form = { subject_token: subject, subject_token_type: ACCESS_TOKEN, scope: SCOPE };
    const response = await oauth.genericTokenEndpointRequest(as, client, oauth.None(), TOKEN_EXCHANGE, form);
    return oauth.processGenericTokenEndpointResponse(as, client, response);
  };
  const { access_token: token, ...rest } = await grant(key);
  assert.equal(rest['issued_token_type'], ACCESS_TOKEN);
  const claims = await verify(as, token);
  assert.deepEqual(
    [claims.client_id, claims['key_id'], claims['scope'], claims['sid']],
    ['api-key', data.key_id, SCOPE, undefined],
  );
  await assert.rejects(grant(accessToken), isError('invalid_request'));
}

const made = z.object({ key: z.string(), data: z.object({ key_id: z.string() }) });

/** Whether the service refused with this error of RFC 6749, section 5.2. */
const isError = (code: string) => (error: unknown) => error instanceof oauth.ResponseBodyError && error.error === code;
