import assert from 'node:assert/strict';
import * as openid from 'openid-client';
import { z } from 'zod';
import type { Client } from '../harness/http-client.ts';
import { type Machines, OTHER_SCOPE, SCOPE } from './machines.ts';
import { ACCESS_TOKEN, TOKEN_EXCHANGE } from './token-exchange.ts';

/** Gets tokens by all grants and ways to authenticate with openid-client, discovered with both documents. */
export async function runOpenidClientPrograms(issuer: string, service: Client, machines: Machines): Promise<void> {
  const { id, secret, keyed } = machines;
  const user = await service.register({ email: 'programs-openid-client@example.org', password: '123456' });
  const { body } = await service.post('/auth/keys', { name: 'openid-client' }, user.accessToken);
  const { key } = made.parse(body);
  for (const algorithm of ['oauth2', 'oidc'] as const) {
    const discover = (id: string, authentication: openid.ClientAuth) =>
      openid.discovery(new URL(issuer), id, undefined, authentication, { algorithm });
    const ways: [string, openid.ClientAuth][] = [
      [id, openid.ClientSecretBasic(secret)],
      [id, openid.ClientSecretPost(secret)],
      [keyed.id, openid.PrivateKeyJwt({ key: keyed.key, kid: keyed.kid })],
    ];
    for (const [id, authentication] of ways) {
      const config = await discover(id, authentication);
      const { access_token: token, scope } = await openid.clientCredentialsGrant(config, { scope: SCOPE });
      const { active, client_id } = await openid.tokenIntrospection(config, token);
      assert.deepEqual({ active, client_id, scope }, { active: true, client_id: id, scope: SCOPE });
      await assert.rejects(openid.clientCredentialsGrant(config, { scope: OTHER_SCOPE }), { error: 'invalid_scope' });
      await openid.tokenRevocation(config, token);
      assert.equal((await openid.tokenIntrospection(config, token)).active, false);
    }
    const person = await discover('first-party', openid.None());
    const { refresh_token: next } = await openid.refreshTokenGrant(person, user.refreshToken);
    assert.ok(next !== undefined);
    const holder = await discover('api-key', openid.None());
    const form = { subject_token: key, subject_token_type: ACCESS_TOKEN };
    const { scope } = await openid.genericGrantRequest(holder, TOKEN_EXCHANGE, form);
    assert.equal(scope, SCOPE);
  }
  console.log('ok: openid-client gets tokens for clients, refresh tokens and API keys');
}

const made = z.object({ key: z.string() });
