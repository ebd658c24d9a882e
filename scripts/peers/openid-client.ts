import assert from 'node:assert/strict';
import * as openid from 'openid-client';
import type { Client } from '../harness/http-client.ts';
import type { OAuthClient } from '../harness/oauth-client.ts';

/** Discovers with both documents, introspects and revokes with openid-client. */
export async function runOpenidClient(issuer: string, service: Client, { id, secret }: OAuthClient): Promise<void> {
  const user = { email: 'openid-client@example.org', password: '123456' };
  const { accessToken } = await service.register(user);
  for (const algorithm of ['oauth2', 'oidc'] as const) {
    for (const authenticate of [openid.ClientSecretBasic, openid.ClientSecretPost]) {
      const config = await openid.discovery(new URL(issuer), id, undefined, authenticate(secret), { algorithm });
      const { active, client_id } = await openid.tokenIntrospection(config, accessToken);
      assert.deepEqual({ active, client_id }, { active: true, client_id: 'first-party' });
      const other = await service.logIn(user);
      await openid.tokenRevocation(config, other.accessToken, { token_type_hint: 'access_token' });
      assert.equal((await openid.tokenIntrospection(config, other.accessToken)).active, false);
    }
  }
  console.log('ok: openid-client discovers, introspects and revokes');
}
