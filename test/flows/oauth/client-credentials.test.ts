import { env } from 'cloudflare:workers';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { basic, client } from '../../support/clients.ts';
import { sql, sqlValue } from '../../support/database.ts';
import { accessTokenOf, addClient, machine, startMachines } from '../../support/machines.ts';
import { startClock } from '../../support/service.ts';
import { watchDatabase } from '../../support/storage.ts';

const { grant, token } = startMachines();
const refused = (error: string, status = 400) => ({ status, body: { error } });

beforeEach(async () => addClient());

describe('a client that asks for an access token', () => {
  it('gets one in its own name, with all its scopes, as RFC 9068 describes it', async () => {
    const response = await grant();
    expect(response).toMatchObject({
      status: 200,
      body: { token_type: 'Bearer', expires_in: 900, scope: 'reports:read reports:write' },
    });
    expect(response.headers.get('cache-control')).toBe('no-store');
    const access = accessTokenOf(response);
    expect(decodeProtectedHeader(access)).toMatchObject({ typ: 'at+jwt', alg: 'ES256' });
    const { iat = 0, jti, ...claims } = decodeJwt(access);
    expect(claims).toEqual({
      iss: env.ISSUER,
      aud: env.AUDIENCE,
      sub: machine.id,
      client_id: machine.id,
      scope: 'reports:read reports:write',
      client_version: 0,
      exp: iat + 900,
    });
    expect(jti).toMatch(/^[\da-f-]{36}$/);
    expect(response.body['refresh_token']).toBeUndefined();
  });

  it('may send its secret in the header or in the form', async () => {
    const inHeader = await token({ grant_type: 'client_credentials' }, basic(machine));
    expect(inHeader).toMatchObject({ status: 200 });
    expect(await grant()).toMatchObject({ status: 200 });
  });

  it('gets the scopes that it asks for, in the order of the service', async () => {
    expect(await grant({ scope: 'reports:write' })).toMatchObject({ body: { scope: 'reports:write' } });
    expect(await grant({ scope: 'reports:write reports:read reports:write' })).toMatchObject({
      body: { scope: 'reports:read reports:write' },
    });
  });

  it.each([
    'reports:delete',
    'reports:read reports:delete',
    'reports:read  reports:write',
    ' reports:read',
    'a"b',
    'api',
  ])('gets nothing for the scope %j, which is more than it has or none', async (scope) => {
    const response = await grant({ scope });
    expect(response).toMatchObject(refused('invalid_scope'));
    expect(Object.keys(response.body)).toEqual(['error', 'error_description']);
  });

  it('gets no scope when it has none', async () => {
    await addClient({ id: 'bare', scopes: [] });
    const response = await grant({ client_id: 'bare' });
    expect(response.status).toBe(200);
    expect(response.body['scope']).toBeUndefined();
    expect(decodeJwt(accessTokenOf(response))['scope']).toBeUndefined();
    expect(await grant({ client_id: 'bare', scope: 'reports:read' })).toMatchObject(refused('invalid_scope'));
  });

  it('chooses the audience out of those of the service', async () => {
    const { grant } = startMachines({ env: { RESOURCES: 'https://reports.example.org, urn:example:files' } });
    const audienceOf = async (resource: object) => decodeJwt(accessTokenOf(await grant(resource))).aud;
    expect(await audienceOf({})).toBe('latchkey');
    expect(await audienceOf({ resource: 'latchkey' })).toBe('latchkey');
    expect(await audienceOf({ resource: 'urn:example:files' })).toBe('urn:example:files');
    expect(await audienceOf({ resource: 'https://reports.example.org' })).toBe('https://reports.example.org');
    for (const resource of ['https://reports.example.org/', 'https://other.example.org', 'x', 'a b'])
      expect(await grant({ resource })).toMatchObject(refused('invalid_target'));
  });

  it('takes one round trip to the database, and one more an hour after the response', async () => {
    const clock = startClock();
    let trips = 0;
    const { grant } = startMachines({ env: watchDatabase(() => void (trips += 1)), deps: { now: clock.now } });
    expect(await grant()).toMatchObject({ status: 200 });
    expect(trips).toBe(2);
    expect(await sqlValue('SELECT last_used_at FROM clients')).toBe(clock.now().getTime());
    clock.pass(3599);
    await grant();
    expect(trips).toBe(3);
    clock.pass(1);
    await grant();
    expect(trips).toBe(5);
  });
});

describe('somebody who is not the client', () => {
  it.each([
    ['without credentials', { client_id: undefined, client_secret: undefined }],
    ['without a secret', { client_secret: undefined }],
    ['with a wrong secret', { client_secret: 'wrong' }],
    ['with an unknown id', { client_id: 'nobody' }],
    ['with a UUID', { client_id: '01a21687-ecff-7a0c-8a55-0f1e2d3c4b5a' }],
    ['as people', { client_id: 'first-party' }],
    ['with a very long id', { client_id: 'a'.repeat(1000) }],
  ])('is refused %s', async (_, form) => {
    const { machine: _machine, ...given } = { ...form, machine };
    const both = { client_id: machine.id, client_secret: machine.secret, ...given };
    const sent = Object.fromEntries(Object.entries(both).filter(([, value]) => value !== undefined));
    const response = await token({ grant_type: 'client_credentials', ...sent });
    expect(response).toMatchObject(refused('invalid_client', 401));
    expect(response.headers.get('www-authenticate')).toBe('Basic realm="latchkey", charset="UTF-8"');
  });

  it('leaves one event a minute, which names the client', async () => {
    const clock = startClock();
    const { grant } = startMachines({ deps: { now: clock.now } });
    const wrong = async () => expect(await grant({ client_secret: 'wrong' })).toMatchObject({ status: 401 });
    const events = () => sql("SELECT actor, user_id, data FROM events WHERE type = 'client_refused'");
    await Promise.all([wrong(), wrong(), wrong()]);
    clock.pass(59);
    await wrong();
    expect(await events()).toEqual([{ actor: 'client:billing', user_id: null, data: '{"client_id":"billing"}' }]);
    clock.pass(1);
    await wrong();
    expect(await events()).toHaveLength(2);
    await grant({ client_id: 'nobody' });
    expect(await events()).toHaveLength(2);
  });

  it('costs no write for each guess', async () => {
    let trips = 0;
    const clock = startClock();
    const { grant } = startMachines({ deps: { now: clock.now }, env: watchDatabase(() => void (trips += 1)) });
    for (const guess of ['one', 'two', 'three'])
      expect(await grant({ client_secret: guess })).toMatchObject({ status: 401 });
    // Each reads the client, and the first one notes it.
    expect(trips).toBe(4);
  });

  it('is refused with the right secret of a disabled client', async () => {
    await sql('UPDATE clients SET disabled_at = 1');
    expect(await grant()).toMatchObject(refused('invalid_client', 401));
  });

  it('gets no access token as a client of OAUTH_CLIENTS', async () => {
    const form = { grant_type: 'client_credentials' };
    expect(await token(form, basic(client))).toMatchObject(refused('unauthorized_client'));
  });
});

describe('POST /oauth/token', () => {
  it.each([
    [{}, 'invalid_request'],
    [{ grant_type: '' }, 'invalid_request'],
    [{ grant_type: 'password' }, 'unsupported_grant_type'],
    [{ grant_type: 'authorization_code' }, 'unsupported_grant_type'],
    [{ grant_type: 'refresh_token' }, 'invalid_request'],
    [{ grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange' }, 'invalid_request'],
  ])('refuses %j with %s', async (form, error) => {
    expect(await token(form)).toMatchObject(refused(error));
  });

  it('limits how often one client may ask, and no other', async () => {
    await addClient({ id: 'other-machine' });
    const { grant } = startMachines({ env: { RATE_LIMITS: 'on', LIMIT_ACCOUNT: limiterOf(2) } });
    await grant();
    await grant();
    const response = await grant();
    expect(response).toMatchObject({ status: 429, body: { error: 'temporarily_unavailable' } });
    expect(response.headers.get('retry-after')).toBe('60');
    expect(await grant({ client_id: 'other-machine' })).toMatchObject({ status: 200 });
    expect(await grant({ client_secret: 'wrong' })).toMatchObject({ status: 401 });
  });
});

/** A limiter that lets each key through `times` times. */
function limiterOf(times: number) {
  const taken = new Map<string, number>();
  return {
    limit: ({ key }: { key: string }) => {
      taken.set(key, (taken.get(key) ?? 0) + 1);
      return Promise.resolve({ success: (taken.get(key) ?? 0) <= times });
    },
  };
}
