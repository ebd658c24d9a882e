import assert from 'node:assert/strict';
import type { Client } from '../harness/http-client.ts';
import type { OAuthClient } from '../harness/oauth-client.ts';

/** Introspects and revokes tokens as a client in `OAUTH_CLIENTS`, and as one with a wrong secret. */
export async function introspectAndRevoke(client: Client, { id, secret }: OAuthClient): Promise<void> {
  const { accessToken, refreshToken } = await client.register({ email: 'client@example.org', password: '123456' });
  const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
    client.call(path, { method: 'POST', headers, body: new URLSearchParams(form) });
  const basic = (password: string) => ({ authorization: `Basic ${btoa(`${id}:${password}`)}` });

  const byHeader = await post('/oauth/introspect', { token: accessToken }, basic(secret));
  const byForm = await post('/oauth/introspect', { token: accessToken, client_id: id, client_secret: secret });
  assert.equal(byHeader.status, 200);
  assert.deepEqual(byForm.body, byHeader.body);
  const { active, token_type, aud } = byHeader.body;
  assert.deepEqual({ active, token_type, aud }, { active: true, token_type: 'Bearer', aud: 'latchkey' });
  const ofRefreshToken = await post('/oauth/introspect', { token: refreshToken }, basic(secret));
  assert.deepEqual(ofRefreshToken.body, { active: false }, 'a refresh token is not a bearer token');

  for (const path of ['/oauth/introspect', '/oauth/revoke']) {
    const refused = await post(path, { token: refreshToken }, basic('wrong'));
    assert.equal(refused.status, 401);
    assert.equal(refused.body['error'], 'invalid_client');
  }
  assert.equal(await client.status(accessToken), 200);

  const revoked = await post('/oauth/revoke', { token: refreshToken }, basic(secret));
  assert.equal(revoked.status, 200);
  assert.deepEqual(revoked.body, {});
  for (const token of [accessToken, refreshToken]) {
    const { status, body } = await post('/oauth/introspect', { token }, basic(secret));
    assert.deepEqual({ status, body }, { status: 200, body: { active: false } });
  }
  assert.equal(await client.status(accessToken), 401);
  console.log('ok: a client introspects and revokes tokens, but not without its secret');
}
