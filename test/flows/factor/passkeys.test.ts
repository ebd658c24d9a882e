import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { atOnce } from '../../support/accounts.ts';
import { sql, sqlValue } from '../../support/database.ts';
import { openBrowser } from '../../support/browser.ts';
import { ABROAD, codesIn, dataOf, HOME, invalidChallengeToken, startFactors, textIn } from '../../support/factors.ts';
import { bearer, joe, tokensOf } from '../../support/service.ts';

const invalidPasskey = { status: 400, body: { code: 'invalid_passkey' } };

function start(options: Parameters<typeof startFactors>[0] = {}) {
  const service = startFactors(options);
  const { post, call } = service;
  const creation = async (access: string, headers: Record<string, string> = HOME) =>
    dataOf(await post('/auth/factors/passkeys/options', {}, { ...bearer(access), ...headers }));
  const add = (access: string, fields: object, headers: Record<string, string> = HOME) =>
    post('/auth/factors/passkeys', fields, { ...bearer(access), ...headers });
  return {
    ...service,
    creation,
    add,
    rename: (access: string, id: string, name: string) =>
      call(`/auth/factors/passkeys/${id}`, {
        method: 'PATCH',
        headers: { ...bearer(access), 'content-type': 'application/json' },
        body: JSON.stringify({ name }),
      }),
  };
}

describe('setting up a passkey', () => {
  it('asks a browser for a discoverable one that verifies its user', async () => {
    const { register, creation } = start();
    const { access } = tokensOf(await register());
    expect(await creation(access)).toEqual({
      challenge: expect.stringMatching(/^[\w-]+$/),
      rp: { id: 'localhost', name: 'Latchkey' },
      user: { id: btoa(String(decodeJwt(access).sub)), name: joe.email, displayName: joe.email },
      pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: 'public-key', alg })),
      timeout: 600_000,
      excludeCredentials: [],
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
      attestation: 'none',
    });
    expect(await sql('SELECT * FROM operator_tokens')).toEqual([]);
  });

  it('stores it, raises the session, and gives recovery codes with the first factor', async () => {
    const { register, creation, add, factors, clock } = start();
    const { access } = tokensOf(await register());
    const browser = await openBrowser();
    const enrolled = await add(access, { name: 'Phone', passkey: await browser.make(await creation(access)) });
    expect(enrolled).toMatchObject({ status: 201, body: { message: 'Passkey set up.', passkey: { id: browser.id } } });
    expect(codesIn(enrolled)).toHaveLength(10);
    const said = decodeJwt(textIn(enrolled, 'auth_token'));
    expect(said).toMatchObject({ acr: 'aal2', amr: ['pwd', 'pop', 'user', 'mfa'], sid: decodeJwt(access)['sid'] });
    expect(dataOf(await factors(access))).toMatchObject({
      totp: null,
      passkeys: [
        {
          id: browser.id,
          name: 'Phone',
          added_on: clock.now().toISOString(),
          last_used_on: null,
          backed_up: false,
        },
      ],
    });
    const second = await openBrowser();
    const raised = textIn(enrolled, 'auth_token');
    const options = await creation(raised);
    expect(options['excludeCredentials']).toEqual([{ type: 'public-key', id: browser.id }]);
    const next = await add(raised, { passkey: await second.make(options) });
    expect(next).toMatchObject({ status: 201, body: { recovery_codes: null } });
    expect(await sqlValue("SELECT name FROM passkeys WHERE name <> 'Phone'")).toBe('Passkey');
  });

  it.each([
    ['another origin', { origin: 'http://localhost:8080', rpId: 'localhost' }, {}],
    ['a page of another site', { origin: 'https://evil.example', rpId: 'localhost' }, {}],
    ['another RP ID', { origin: 'http://localhost', rpId: 'evil.example' }, {}],
    ['a user who was not verified', {}, { flags: 0x41 }],
    ['a user who was not there', {}, { flags: 0x44 }],
    ['a frame of another site', {}, { clientData: { crossOrigin: true } }],
    ['another ceremony', {}, { clientData: { type: 'webauthn.get' } }],
    ['bytes after the end', {}, { rest: Uint8Array.of(0) }],
  ])('refuses %s', async (_, place, said) => {
    const { register, creation, add } = start();
    const { access } = tokensOf(await register());
    const browser = await openBrowser({ origin: 'http://localhost', rpId: 'localhost', ...place });
    const passkey = await browser.make(await creation(access), said);
    expect(await add(access, { passkey })).toMatchObject(invalidPasskey);
    expect(await sql('SELECT * FROM passkeys')).toEqual([]);
  });

  it('refuses a challenge of somebody else, of another network, of a login, and one that is too old', async () => {
    const { register, creation, add, clock, post, reauthenticate } = start();
    const { access } = tokensOf(await register());
    const jane = tokensOf(await register({ email: 'jane@gmail.com', password: 'seven honest herons' }));
    const browser = await openBrowser();
    const passkey = await browser.make(await creation(access));
    expect(await add(jane.access, { passkey })).toMatchObject(invalidChallengeToken);
    expect(await add(access, { passkey }, ABROAD)).toMatchObject(invalidChallengeToken);
    const login = dataOf(await post('/auth/login/passkey/options', {}, HOME));
    const made = await browser.make({ ...(await creation(access)), challenge: login['challenge'] });
    expect(await add(access, { passkey: made })).toMatchObject(invalidChallengeToken);
    clock.pass(600);
    const recent = textIn(await reauthenticate(access, { password: joe.password }), 'auth_token');
    expect(await add(recent, { passkey })).toMatchObject(invalidChallengeToken);
    expect(await sql('SELECT * FROM passkeys')).toEqual([]);
  });

  it('takes a passkey once, and one challenge for one passkey', async () => {
    const { register, creation, add, clock } = start();
    const { access } = tokensOf(await register());
    const browser = await openBrowser();
    const options = await creation(access);
    const passkey = await browser.make(options);
    const raised = textIn(await add(access, { passkey }), 'auth_token');
    expect(await add(raised, { passkey })).toMatchObject(invalidChallengeToken);
    clock.pass(1);
    const again = await browser.make(await creation(raised));
    expect(await add(raised, { passkey: again })).toMatchObject({ status: 409, body: { code: 'passkey_taken' } });
    const jane = tokensOf(await start().register({ email: 'jane@gmail.com', password: 'seven honest herons' }));
    const copied = await browser.make(await creation(jane.access));
    expect(await add(jane.access, { passkey: copied })).toMatchObject({ status: 409, body: { code: 'passkey_taken' } });
    expect(await sqlValue('SELECT count(*) FROM passkeys')).toBe(1);
    const versions = await sql('SELECT version FROM users ORDER BY version DESC');
    expect(versions, 'a refused passkey is no change of the account').toEqual([{ version: 1 }, { version: 0 }]);
  });

  it('stores one when four are completed at once', async () => {
    const { register, creation, add } = start();
    const { access } = tokensOf(await register());
    const options = await creation(access);
    const made = await atOnce(4, async () => (await openBrowser()).make(options));
    const done = await atOnce(4, (i) => add(access, { passkey: made[i] }));
    expect(done.filter(({ status }) => status === 201)).toHaveLength(1);
    // Whoever comes after the first has not shown the factor that there is by then: 401.
    for (const { status } of done) expect([201, 400, 401, 409]).toContain(status);
    expect(await sqlValue('SELECT count(*) FROM passkeys')).toBe(1);
    expect(await sqlValue('SELECT count(*) FROM recovery_codes')).toBe(10);
  });

  it('stores twenty at most', async () => {
    const { register, creation, add } = start();
    const { access } = tokensOf(await register());
    const browser = await openBrowser();
    const raised = textIn(await add(access, { passkey: await browser.make(await creation(access)) }), 'auth_token');
    await sql(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 19)
      INSERT INTO passkeys SELECT 'more' || i, users.id, 'x', '{}', 0, 0, '[]', i, NULL FROM users, n`);
    const another = await openBrowser();
    const refused = await add(raised, { passkey: await another.make(await creation(raised)) });
    expect(refused).toMatchObject({ status: 409, body: { code: 'too_many_passkeys' } });
  });

  it.each([
    ['a name of two lines', { name: 'a\nb' }],
    ['no passkey', { passkey: undefined }],
    ['a passkey that is text', { passkey: 'x' }],
    [
      'transports that are no list',
      { passkey: { id: 'a', rawId: 'a', type: 'public-key', response: { transports: 1 } } },
    ],
  ])('refuses %s', async (_, fields) => {
    const { register, creation, add } = start();
    const { access } = tokensOf(await register());
    const passkey = await (await openBrowser()).make(await creation(access));
    expect(await add(access, { passkey, ...fields })).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });
});

describe('a passkey that is there', () => {
  it('gets another name, from its user alone', async () => {
    const { register, creation, add, rename, factors } = start();
    const { access } = tokensOf(await register());
    const browser = await openBrowser();
    const raised = textIn(await add(access, { passkey: await browser.make(await creation(access)) }), 'auth_token');
    expect(await rename(raised, browser.id, ' Laptop ')).toMatchObject({
      status: 200,
      body: { message: 'Passkey renamed.' },
    });
    expect(dataOf(await factors(raised))['passkeys']).toMatchObject([{ name: 'Laptop' }]);
    const jane = tokensOf(await register({ email: 'jane@gmail.com', password: 'seven honest herons' }));
    const unknown = { status: 404, body: { code: 'unknown_passkey' } };
    expect(await rename(jane.access, browser.id, 'Mine')).toMatchObject(unknown);
    expect(await rename(raised, 'another', 'Mine')).toMatchObject(unknown);
    expect(await rename(raised, browser.id, '')).toMatchObject({ status: 400 });
    expect(await rename(access, browser.id, 'Old')).toMatchObject({
      status: 401,
      body: { code: 'insufficient_user_authentication', acr_values: 'aal2' },
    });
  });

  it('is removed, and logs nobody in after that', async () => {
    const { register, creation, add, remove, post } = start();
    const { access } = tokensOf(await register());
    const browser = await openBrowser();
    const raised = textIn(await add(access, { passkey: await browser.make(await creation(access)) }), 'auth_token');
    const jane = tokensOf(await register({ email: 'jane@gmail.com', password: 'seven honest herons' }));
    expect(await remove(jane.access, `passkeys/${browser.id}`)).toMatchObject({ status: 404 });
    expect(await remove(raised, `passkeys/${browser.id}`)).toMatchObject({
      status: 200,
      body: { message: 'Passkey removed.' },
    });
    const options = dataOf(await post('/auth/login/passkey/options', {}, HOME));
    const used = { passkey: await browser.use(options) };
    expect(await post('/auth/login/passkey', used, HOME)).toMatchObject({
      status: 403,
      body: { code: 'wrong_factor' },
    });
  });
});
