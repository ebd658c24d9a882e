import { base64url, decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { atOnce } from '../../support/accounts.ts';
import { openBrowser, optionsIn } from '../../support/browser.ts';
import { sql, sqlValue } from '../../support/database.ts';
import {
  ABROAD,
  dataOf,
  HOME,
  invalidChallengeToken,
  startFactors,
  textIn,
  wrongFactor,
} from '../../support/factors.ts';
import { bearer, tokensOf } from '../../support/service.ts';

async function start(counter?: number) {
  const service = startFactors();
  const { post, register } = service;
  const { access } = tokensOf(await register());
  const browser = await openBrowser();
  const creation = dataOf(await post('/auth/factors/passkeys/options', {}, { ...bearer(access), ...HOME }));
  const said = counter === undefined ? {} : { counter };
  const made = { passkey: await browser.make(creation, said) };
  const enrolled = await post('/auth/factors/passkeys', made, { ...bearer(access), ...HOME });
  const options = async () => dataOf(await post('/auth/login/passkey/options', {}, HOME));
  const signIn = (passkey: object, headers: Record<string, string> = HOME) =>
    post('/auth/login/passkey', { passkey }, headers);
  return { ...service, browser, access: textIn(enrolled, 'auth_token'), options, signIn };
}

describe('POST /auth/login/passkey', () => {
  it('logs in without password and address', async () => {
    const { browser, options, signIn, clock } = await start();
    const done = await signIn(await browser.use(await options()));
    expect(done).toMatchObject({ status: 200, body: { message: 'Successfully logged in.' } });
    expect(decodeJwt(tokensOf(done).access)).toMatchObject({ acr: 'aal2', amr: ['pop', 'user', 'mfa'] });
    expect(await sqlValue('SELECT last_used_at FROM passkeys')).toBe(clock.now().getTime());
  });

  it('gives options that are the same for everybody but for the challenge, without a trip to the database', async () => {
    const { options } = await start();
    const { challenge, ...rest } = await options();
    expect(rest).toEqual({ rpId: 'localhost', timeout: 600_000, userVerification: 'required', allowCredentials: [] });
    expect((await options())['challenge']).not.toBe(challenge);
  });

  it('takes a response once, at the same time too', async () => {
    const { browser, options, signIn } = await start();
    const used = await browser.use(await options());
    const done = await atOnce(6, () => signIn(used));
    expect(done.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await signIn(used)).toMatchObject(invalidChallengeToken);
  });

  it.each([
    ['another origin', { origin: 'http://localhost:1', rpId: 'localhost' }, {}],
    ['another RP ID', { origin: 'http://localhost', rpId: 'example.org' }, {}],
  ])('refuses %s', async (_, place) => {
    const { options, signIn } = await start();
    const other = await openBrowser(place);
    const stored = await sqlValue('SELECT id FROM passkeys');
    const used = await other.use(await options());
    expect(await signIn({ ...used, id: stored, rawId: stored })).toMatchObject(wrongFactor);
  });

  it.each([
    ['a user who was not verified', { flags: 0x01 }],
    ['a user who was not there', { flags: 0x04 }],
    ['a frame of another site', { clientData: { crossOrigin: true } }],
    ['a page of another origin', { clientData: { origin: 'https://evil.example' } }],
    ['another ceremony', { clientData: { type: 'webauthn.create' } }],
    ['another RP ID', { rpId: 'evil.example' }],
    ['bytes after the end', { rest: Uint8Array.of(1) }],
  ])('refuses %s', async (_, said) => {
    const { browser, options, signIn } = await start();
    const before = await sqlValue('SELECT count(*) FROM sessions');
    expect(await signIn(await browser.use(await options(), said))).toMatchObject(wrongFactor);
    expect(await sqlValue('SELECT count(*) FROM sessions')).toBe(before);
  });

  it('refuses a signature of another key, another user handle, none, and an unknown passkey', async () => {
    const { browser, options, signIn } = await start();
    const used = await browser.use(await options());
    const { signature } = (await (await openBrowser()).use(await options())).response;
    expect(await signIn({ ...used, response: { ...used.response, signature } })).toMatchObject(wrongFactor);
    const other = { ...used.response, userHandle: base64url.encode(crypto.randomUUID()) };
    expect(await signIn({ ...used, response: other })).toMatchObject(wrongFactor);
    expect(await signIn({ ...used, response: { ...used.response, userHandle: null } })).toMatchObject(wrongFactor);
    expect(await signIn({ ...used, id: 'AAAA', rawId: 'AAAA' })).toMatchObject(wrongFactor);
    expect(await signIn(used)).toMatchObject({ status: 200 });
  });

  it('refuses challenges that are too old, of another network, of our making for something else, or of nobody', async () => {
    const { browser, options, signIn, clock, access, post } = await start();
    const used = await browser.use(await options());
    expect(await signIn(used, ABROAD)).toMatchObject(invalidChallengeToken);
    const creation = dataOf(await post('/auth/factors/passkeys/options', {}, { ...bearer(access), ...HOME }));
    for (const challenge of [creation['challenge'], 'AAAA', base64url.encode('nobody')])
      expect(await signIn(await browser.use({ challenge }))).toMatchObject(invalidChallengeToken);
    clock.pass(600);
    expect(await signIn(used)).toMatchObject(invalidChallengeToken);
  });

  it('refuses a disabled account', async () => {
    const { browser, options, signIn } = await start();
    await sql('UPDATE users SET disabled_at = 1');
    expect(await signIn(await browser.use(await options()))).toMatchObject(wrongFactor);
  });
});

describe('the counter of a passkey', () => {
  it('may stay zero, as of one that several devices share', async () => {
    const { browser, options, signIn } = await start(0);
    for (let times = 0; times < 2; times += 1)
      expect(await signIn(await browser.use(await options(), { counter: 0 }))).toMatchObject({ status: 200 });
  });

  it('must grow otherwise: a copy is refused, and is an event', async () => {
    const { browser, options, signIn } = await start(5);
    expect(await signIn(await browser.use(await options(), { counter: 6 }))).toMatchObject({ status: 200 });
    for (const counter of [6, 5, 0])
      expect(await signIn(await browser.use(await options(), { counter }))).toMatchObject(wrongFactor);
    expect(await sqlValue("SELECT count(*) FROM events WHERE type = 'passkey_cloned'")).toBe(3);
    expect(await signIn(await browser.use(await options(), { counter: 9 }))).toMatchObject({ status: 200 });
  });

  it('lets in one of two uses with one counter at the same time', async () => {
    const { browser, options, signIn } = await start(1);
    const used = await atOnce(4, async () => browser.use(await options(), { counter: 2 }));
    const done = await atOnce(4, (i) => signIn(used[i] ?? {}));
    expect(done.filter(({ status }) => status === 200)).toHaveLength(1);
  });
});

describe('a passkey as the second factor', () => {
  it('is offered by its id, and used for the challenge token', async () => {
    const { browser, logIn, logInByFactor } = await start();
    const asked = await logIn();
    const token = textIn(asked, 'challenge_token');
    expect(asked.body['passkey_options']).toEqual({
      challenge: base64url.encode(token),
      rpId: 'localhost',
      timeout: 600_000,
      userVerification: 'required',
      allowCredentials: [{ type: 'public-key', id: browser.id, transports: ['internal'] }],
    });
    const fields = { challenge_token: token, passkey: await browser.use(optionsIn(asked)) };
    const done = await logInByFactor(fields);
    expect(decodeJwt(tokensOf(done).access)).toMatchObject({ amr: ['pwd', 'pop', 'user', 'mfa'] });
    expect(await logInByFactor(fields)).toMatchObject(invalidChallengeToken);
  });

  it('is not used for another challenge, nor by another account', async () => {
    const { browser, logIn, logInByFactor, challenge, register, enrolTotp, signIn } = await start();
    const asked = await logIn();
    const used = await browser.use(optionsIn(asked));
    expect(await logInByFactor({ challenge_token: await challenge(), passkey: used })).toMatchObject(wrongFactor);
    const jane = { email: 'jane@gmail.com', password: 'seven honest herons' };
    await enrolTotp(tokensOf(await register(jane)).access);
    const token = await challenge(HOME, jane);
    const hers = await browser.use({ challenge: base64url.encode(token) });
    expect(await logInByFactor({ challenge_token: token, passkey: hers })).toMatchObject(wrongFactor);
    expect(await signIn(used)).toMatchObject(invalidChallengeToken);
  });

  it('raises a session again', async () => {
    const { browser, options, reauthenticate, access, clock } = await start();
    clock.pass(700);
    const passkey = await browser.use(await options());
    const raised = textIn(await reauthenticate(access, { passkey }), 'auth_token');
    expect(decodeJwt(raised)).toMatchObject({ auth_time: Math.floor(clock.now().getTime() / 1000), acr: 'aal2' });
    expect(await reauthenticate(access, { passkey })).toMatchObject(wrongFactor);
  });
});
