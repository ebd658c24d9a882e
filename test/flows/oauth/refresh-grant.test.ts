import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { basic } from '../../support/clients.ts';
import { sql } from '../../support/database.ts';
import { accessTokenOf, addClient, addKey, machine, startMachines } from '../../support/machines.ts';
import { startClock, tokensOf } from '../../support/service.ts';
import { beforeTrip, watchDatabase } from '../../support/storage.ts';

const { grantRefresh, register, refresh, status, token } = startMachines();
const invalidGrant = { status: 400, body: { error: 'invalid_grant' } };

describe('the refresh of a session at the token endpoint', () => {
  it('gives the tokens that POST /auth/refresh would give, in the names of RFC 6749', async () => {
    const first = tokensOf(await register());
    const response = await grantRefresh(first.refresh);
    expect(response).toMatchObject({ status: 200, body: { token_type: 'Bearer', expires_in: 900, scope: 'api' } });
    expect(Object.keys(response.body).toSorted()).toEqual([
      'access_token',
      'expires_in',
      'refresh_token',
      'scope',
      'token_type',
    ]);
    const access = accessTokenOf(response);
    expect(await status(access)).toMatchObject({ status: 200 });
    expect(decodeJwt(access)).toMatchObject({ client_id: 'first-party', sid: decodeJwt(first.access)['sid'] });
    const again = await refresh(response.body['refresh_token']);
    expect(again).toMatchObject({ status: 200 });
    const mixed = await grantRefresh(tokensOf(again).refresh);
    expect(mixed).toMatchObject({ status: 200 });
  });

  it('revokes the session when a refresh token is used twice', async () => {
    const clock = startClock();
    const { grantRefresh, register, status } = startMachines({ deps: { now: clock.now } });
    const { refresh: first } = tokensOf(await register());
    clock.pass(20);
    const second = String((await grantRefresh(first)).body['refresh_token']);
    clock.pass(20);
    const third = await grantRefresh(second);
    clock.pass(20);
    expect(await grantRefresh(first)).toMatchObject(invalidGrant);
    expect(await grantRefresh(String(third.body['refresh_token']))).toMatchObject(invalidGrant);
    expect(await status(accessTokenOf(third))).toMatchObject({ status: 401, body: { code: 'revoked_token' } });
  });

  it('refuses what is no refresh token of ours', async () => {
    const { access } = tokensOf(await register());
    await addClient();
    const { key } = await addKey({ clientId: machine.id });
    for (const other of [access, key, 'a', 'A'.repeat(5000)])
      expect(await grantRefresh(other)).toMatchObject(invalidGrant);
  });

  it('takes no client but first-party, which has no secret', async () => {
    const { refresh: first } = tokensOf(await register());
    await addClient();
    const invalidClient = { status: 401, body: { error: 'invalid_client' } };
    const form = { grant_type: 'refresh_token', refresh_token: first };
    expect(await token(form, basic(machine))).toMatchObject(invalidClient);
    expect(await token({ ...form, client_id: machine.id })).toMatchObject(invalidClient);
    expect(await token({ ...form, client_id: 'first-party', client_secret: 'a' })).toMatchObject(invalidClient);
    expect(await token({ ...form, client_id: 'first-party' })).toMatchObject({ status: 200 });
  });

  it('gives the scopes that are asked for, and uses up nothing when one is refused', async () => {
    const clock = startClock();
    const { grantRefresh, register } = startMachines({
      deps: { now: clock.now },
      env: { USER_SCOPES: 'api, reports:read, articles:write=editor' },
    });
    const { refresh: first, access } = tokensOf(await register());
    expect(decodeJwt(access)['scope']).toBe('api reports:read');
    clock.pass(60);
    for (const scope of ['articles:write', 'other', 'api  reports:read', 'api other'])
      expect(await grantRefresh(first, { scope })).toMatchObject({ status: 400, body: { error: 'invalid_scope' } });
    clock.pass(3600);
    const response = await grantRefresh(first, { scope: 'reports:read' });
    expect(response).toMatchObject({ status: 200, body: { scope: 'reports:read' } });
    expect(decodeJwt(accessTokenOf(response))['scope']).toBe('reports:read');
    await sql(`UPDATE users SET roles = '["editor"]'`);
    clock.pass(60);
    expect(await grantRefresh(String(response.body['refresh_token']))).toMatchObject({
      body: { scope: 'api articles:write reports:read' },
    });
  });

  it('gives no scope of a role that is taken away meanwhile', async () => {
    const env = { USER_SCOPES: 'api, articles:write=editor' };
    const takeAway = () => sql(`UPDATE users SET roles = '[]', rights_version = rights_version + 1`);
    const { grantRefresh } = startMachines({ env: { ...env, ...watchDatabase(beforeTrip(2, takeAway)) } });
    const { refresh: first } = tokensOf(await register());
    await sql(`UPDATE users SET roles = '["editor"]'`);
    const response = await grantRefresh(first, { scope: 'api articles:write' });
    expect(response).toMatchObject({ status: 200, body: { scope: 'api' } });
    expect(decodeJwt(accessTokenOf(response))).toMatchObject({ scope: 'api', roles: [], rights_version: 1 });
  });

  it('is for the audience of the service alone', async () => {
    const { grantRefresh } = startMachines({ env: { RESOURCES: 'https://reports.example.org' } });
    const { refresh: first } = tokensOf(await register());
    const elsewhere = await grantRefresh(first, { resource: 'https://reports.example.org' });
    expect(elsewhere).toMatchObject({ status: 400, body: { error: 'invalid_target' } });
    expect(await grantRefresh(first, { resource: 'latchkey' })).toMatchObject({ status: 200 });
  });

  it('takes one round trip, and one more with a scope', async () => {
    let trips = 0;
    const { grantRefresh } = startMachines({ env: watchDatabase(() => void (trips += 1)) });
    const { refresh: first } = tokensOf(await register());
    const second = await grantRefresh(first);
    expect(trips).toBe(1);
    await grantRefresh(String(second.body['refresh_token']), { scope: 'api' });
    expect(trips).toBe(3);
  });
});
