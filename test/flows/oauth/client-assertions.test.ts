import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { addClient, machine, makeAssertions, startMachines } from '../../support/machines.ts';
import { sql } from '../../support/database.ts';
import { startClock } from '../../support/service.ts';
import { watchDatabase } from '../../support/storage.ts';

const invalidClient = { status: 401, body: { error: 'invalid_client' } };
const now = () => Math.floor(Date.now() / 1000);

const { assert, send } = startMachines();

describe('an assertion of a client', () => {
  it.each(['ES256', 'EdDSA', 'RS256'])('with %s proves who it is, once', async (alg) => {
    const { jwks, sign } = await makeAssertions(alg);
    await addClient({ jwks });
    const assertion = await sign();
    expect(await assert(assertion)).toMatchObject({ status: 200, body: { token_type: 'Bearer' } });
    expect(await assert(assertion)).toMatchObject(invalidClient);
    expect(await assert(await sign({ aud: `${env.ISSUER}/oauth/token` }))).toMatchObject({ status: 200 });
    expect(await assert(await sign({ aud: [env.ISSUER] }))).toMatchObject({ status: 200 });
    expect(await assert(await sign(), { client_id: machine.id })).toMatchObject({ status: 200 });
    expect(await assert(await sign({}, { kid: undefined }))).toMatchObject({ status: 200 });
  });

  it('may call EdDSA by the name of its curve, and no other algorithm', async () => {
    const { jwks, sign } = await makeAssertions('EdDSA');
    await addClient({ jwks });
    expect(await assert(await sign({}, { alg: 'Ed25519' }))).toMatchObject({ status: 200 });
    const other = await makeAssertions();
    await sql('UPDATE clients SET jwks = ?', JSON.stringify(other.jwks));
    expect(await assert(await sign({}, { alg: 'Ed25519' }))).toMatchObject(invalidClient);
  });

  it('works once for two requests at once', async () => {
    const { jwks, sign } = await makeAssertions();
    await addClient({ jwks });
    const assertion = await sign();
    const statuses = (await Promise.all(Array.from({ length: 8 }, () => assert(assertion)))).map(
      ({ status }) => status,
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 401)).toHaveLength(7);
  });

  it('of one client does not use up the id of another', async () => {
    const { jwks, sign } = await makeAssertions();
    await addClient({ jwks });
    await addClient({ id: 'other', jwks });
    const jti = 'the same';
    expect(await assert(await sign({ jti }))).toMatchObject({ status: 200 });
    expect(await assert(await sign({ jti, iss: 'other', sub: 'other' }))).toMatchObject({ status: 200 });
    expect(await assert(await sign({ jti, exp: now() + 200 }))).toMatchObject(invalidClient);
  });

  it.each([
    ['of another audience', { aud: 'https://other.example.org' }],
    ['of several audiences', { aud: [env.ISSUER, 'https://other.example.org'] }],
    ['without an audience', { aud: undefined }],
    ['of another subject', { sub: 'other' }],
    ['without a subject', { sub: undefined }],
    ['of another issuer', { iss: 'other' }],
    ['without an issuer', { iss: undefined }],
    ['that has expired', { exp: now() - 31 }],
    ['that lives too long', { exp: now() + 400 }],
    ['that never expires', { exp: undefined }],
    ['that is not in force yet', { nbf: now() + 60 }],
    ['without an id', { jti: undefined }],
    ['with an empty id', { jti: '' }],
    ['that is too long', { padding: 'a'.repeat(4096) }],
  ])('%s is refused', async (_, claims) => {
    const { jwks, sign } = await makeAssertions();
    await addClient({ jwks });
    expect(await assert(await sign(claims))).toMatchObject(invalidClient);
  });

  it('is refused when another key has signed it, or no key of that name or algorithm', async () => {
    const { jwks, sign } = await makeAssertions();
    const other = await makeAssertions();
    const rsa = await makeAssertions('RS256');
    await addClient({ jwks });
    for (const assertion of [
      await other.sign(),
      await rsa.sign(),
      await sign({}, { kid: 'two' }),
      `${(await sign()).slice(0, -4)}AAAA`,
      'a.b.c',
      '',
    ])
      expect(await assert(assertion)).toMatchObject(invalidClient);
    const [key] = jwks.keys;
    await sql('UPDATE clients SET jwks = ?', JSON.stringify({ keys: [{ ...key, alg: 'RS256' }] }));
    expect(await assert(await sign())).toMatchObject(invalidClient);
  });

  it('is refused when its issuer is no text, though it reads like the id of a client', async () => {
    const { jwks, sign } = await makeAssertions();
    for (const id of ['true', '5', 'null']) await addClient({ id, jwks });
    await addClient({ jwks });
    const wrong: Record<string, unknown>[] = [true, 5, null, [machine.id], [[machine.id]], {}].map((iss) => ({
      iss,
      sub: iss,
    }));
    for (const claims of wrong) expect(await assert(await sign(claims))).toMatchObject(invalidClient);
  });

  it('is refused of a client without keys, or that is disabled', async () => {
    const { jwks, sign } = await makeAssertions();
    await addClient();
    expect(await assert(await sign())).toMatchObject(invalidClient);
    await sql('UPDATE clients SET jwks = ?, disabled_at = 1', JSON.stringify(jwks));
    expect(await assert(await sign())).toMatchObject(invalidClient);
  });

  it('of another type, or beside a secret, is refused', async () => {
    const { jwks, sign } = await makeAssertions();
    await addClient({ jwks });
    expect(await assert(await sign(), { client_assertion_type: 'other' })).toMatchObject(invalidClient);
    expect(await assert(await sign(), { client_id: 'other' })).toMatchObject(invalidClient);
    const twice = { client_id: machine.id, client_secret: machine.secret };
    expect(await assert(await sign(), twice)).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });

  it('authenticates at introspection and revocation too', async () => {
    const { jwks, sign } = await makeAssertions();
    await addClient({ jwks, scopes: ['latchkey:introspect'] });
    const form = async () => ({
      token: 'a.b.c',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await sign(),
    });
    expect(await send('/oauth/introspect', await form(), {})).toMatchObject({ status: 200, body: { active: false } });
    expect(await send('/oauth/revoke', await form(), {})).toMatchObject({ status: 200 });
  });

  it('is kept for as long as it could be used again, and takes two round trips', async () => {
    const { jwks, sign } = await makeAssertions();
    await addClient({ jwks });
    await sql('UPDATE clients SET last_used_at = ?', Date.now());
    const clock = startClock();
    let trips = 0;
    const { assert } = startMachines({ env: watchDatabase(() => void (trips += 1)), deps: { now: clock.now } });
    const assertion = await sign({ exp: now() + 300 });
    expect(await assert(assertion)).toMatchObject({ status: 200 });
    expect(trips).toBe(2);
    clock.pass(320);
    expect(await assert(assertion)).toMatchObject(invalidClient);
    const [row] = await sql('SELECT id, expires_at FROM operator_tokens');
    expect(row?.['id']).toMatch(/^[\w-]{43}$/);
    expect(Number(row?.['expires_at'])).toBeGreaterThan(clock.now().getTime());
  });
});
