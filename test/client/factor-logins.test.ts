import type { Latchkey, LatchkeyError } from 'latchkey-client';
import { describe, expect, it } from 'vitest';
import { type Fault, lose, refusal, respond, sharedStore, startNetwork } from '../support/client.ts';
import { joe } from '../support/service.ts';
import { challenge, challengeBody, keptIn, loginFor, tokensFor } from './tokens.ts';

const FACTOR = 'POST /auth/login/factor';
const PASSKEY = 'POST /auth/login/passkey';
const AGAIN = 'POST /auth/reauthenticate';
const credential = { id: 'AQID', rawId: 'AQID', type: 'public-key', response: { signature: 'AA' } };
const enrolment = { ...challengeBody, code: 'second_factor_enrolment_required', methods: ['totp', 'passkey'] };

function start(store = sharedStore()) {
  const network = startNetwork();
  const seen: { body: unknown; token: string | null }[] = [];
  /** Notes the request, and responds with `body`. */
  const note =
    (body: object, status = 200): Fault =>
    async (request) => {
      seen.push({ body: JSON.parse(await request.text()), token: request.headers.get('authorization') });
      return respond(status, body)();
    };
  return { ...network, store, latchkey: network.open(store), seen, note };
}

async function loggedIn() {
  const network = start();
  network.meet(respond(200, loginFor('s1')));
  await network.latchkey.logIn(joe);
  network.paths.length = 0;
  return network;
}

const errorOf = (promise: Promise<unknown>): Promise<LatchkeyError> =>
  promise.then(
    () => expect.unreachable(),
    (error: LatchkeyError) => error,
  );

describe('a login that needs a second factor', () => {
  it('throws what it goes on with, which no log prints', async () => {
    const { latchkey, meet, store } = start();
    meet(respond(403, challengeBody));
    const error = await errorOf(latchkey.logIn(joe));
    expect(error).toMatchObject({ code: 'second_factor_required', status: 403, requestId: 'id' });
    expect(error.challenge).toEqual(challenge);
    expect(JSON.stringify(Object.entries(error))).not.toContain('half-a-login');
    expect(JSON.stringify(error)).not.toContain('half-a-login');
    expect(String(error.stack)).not.toContain('half-a-login');
    expect(store.text).toBeUndefined();
  });

  it.each<[Parameters<Latchkey['logInWithFactor']>[1], object]>([
    [{ code: '123456' }, { code: '123456' }],
    [{ recoveryCode: 'AAAA-BBBB-CCCC-DDDD' }, { recovery_code: 'AAAA-BBBB-CCCC-DDDD' }],
    [{ passkey: credential }, { passkey: credential }],
  ])('is completed by %j', async (given, fields) => {
    const { latchkey, meet, paths, note, seen, store } = start();
    meet(note(loginFor('s2')));
    await latchkey.logInWithFactor(challenge, given);
    expect(paths).toEqual([FACTOR]);
    expect(seen).toEqual([{ body: { challenge_token: 'half-a-login', ...fields }, token: null }]);
    expect(keptIn(store.text)).toMatchObject({ sessionId: 's2', refreshToken: 's2-refresh' });
  });

  it.each(['wrong_factor', 'invalid_challenge_token'])(
    'is not called %s when it was perhaps completed',
    async (code) => {
      const { latchkey, meet } = start();
      meet(() => lose(respond(200, loginFor('s2'))), respond(400, refusal(code)));
      const attempt = latchkey.logInWithFactor(challenge, { code: '123456' });
      await expect(attempt).rejects.toMatchObject({ code: 'unreachable', cause: { code } });
      meet(respond(400, refusal(code)));
      await expect(latchkey.logInWithFactor(challenge, { code: '123456' })).rejects.toMatchObject({
        code,
        status: 400,
      });
    },
  );

  it('ends the session of whoever was logged in before', async () => {
    const { latchkey, meet, paths } = await loggedIn();
    meet(respond(200, loginFor('s2')));
    await latchkey.logInWithFactor(challenge, { code: '123456' });
    await expect.poll(() => paths).toEqual([FACTOR, 'POST /auth/logout']);
  });
});

describe('an account that needs a second factor first', () => {
  const made = { status: 'success', message: 'Set up a second factor.', ...enrolled() };

  function enrolled() {
    const { challenge_token, expires_in, methods } = enrolment;
    return { challenge_token, expires_in, methods };
  }

  it('tells at a login what to set it up with', async () => {
    const { latchkey, meet } = start();
    meet(respond(403, { ...enrolment, passkey_options: null }));
    const error = await errorOf(latchkey.logIn(joe));
    expect(error.code).toBe('second_factor_enrolment_required');
    expect(error.challenge).toEqual({ ...challenge, methods: ['totp', 'passkey'], passkeyOptions: undefined });
  });

  it.each<[string, number, (latchkey: Latchkey) => Promise<void>]>([
    ['a registration', 201, (latchkey) => latchkey.register(joe)],
    ['a registration that answers as one that is mailed', 202, (latchkey) => latchkey.register(joe)],
    [
      'a registration that is confirmed',
      201,
      (latchkey) => latchkey.confirmRegistration({ token: 'x', password: joe.password }),
    ],
  ])('tells after %s, too', async (_, status, call) => {
    const { latchkey, meet, store } = start();
    meet(respond(status, made));
    const error = await errorOf(call(latchkey));
    expect(error).toMatchObject({ code: 'second_factor_enrolment_required', status });
    expect(error.challenge).toMatchObject({ token: 'half-a-login', methods: ['totp', 'passkey'] });
    expect(store.text).toBeUndefined();
  });

  it('is logged in by a registration that has tokens', async () => {
    const { latchkey, meet, store } = start();
    meet(respond(201, { ...made, ...loginFor('s3') }));
    await latchkey.register(joe);
    expect(keptIn(store.text)).toMatchObject({ sessionId: 's3' });
  });

  it('is found by the repeat of a registration whose response was lost', async () => {
    const { latchkey, meet } = start();
    meet(() => lose(respond(201, made)), respond(202, refusal('email_taken')), respond(403, enrolment));
    const error = await errorOf(latchkey.register(joe));
    expect(error.challenge?.token).toBe('half-a-login');
  });
});

describe('a login by a passkey that another part of a program has asked for', () => {
  it('sends it, and keeps the tokens', async () => {
    const { latchkey, meet, paths, note, seen, store } = start();
    meet(respond(200, { status: 'success', data: challengeBody.passkey_options }), note(loginFor('s2')));
    expect(await latchkey.passkeyOptions()).toEqual(challengeBody.passkey_options);
    await latchkey.logInWithPasskey({ passkey: credential });
    expect(paths).toEqual([`${PASSKEY}/options`, PASSKEY]);
    expect(seen).toEqual([{ body: { passkey: credential }, token: null }]);
    expect(keptIn(store.text)).toMatchObject({ sessionId: 's2' });
  });

  it.each([undefined, null, {}, { challenge: 7 }, []])('does not take %j for options', async (data) => {
    const { latchkey, meet } = start();
    meet(respond(200, { status: 'success', data }));
    await expect(latchkey.passkeyOptions()).rejects.toMatchObject({ code: 'unexpected_response' });
  });
});

describe('a proof of who is logged in', () => {
  it.each<[Parameters<Latchkey['reauthenticate']>[0], object]>([
    [{ password: joe.password }, { password: joe.password }],
    [{ code: '123456' }, { code: '123456' }],
    [{ recoveryCode: 'AAAA-BBBB-CCCC-DDDD' }, { recovery_code: 'AAAA-BBBB-CCCC-DDDD' }],
    [{ passkey: credential }, { passkey: credential }],
  ])('by %j keeps the newer access token beside the refresh token', async (given, fields) => {
    const { latchkey, meet, paths, note, seen, store } = await loggedIn();
    const before = await latchkey.accessToken();
    const newer = tokensFor('s1', { acr: 'aal2' });
    meet(note({ status: 'success', message: 'Authenticated.', ...newer }));
    await latchkey.reauthenticate(given);
    expect(paths).toEqual([AGAIN]);
    expect(seen).toEqual([{ body: fields, token: `Bearer ${before}` }]);
    expect(keptIn(store.text)).toMatchObject({ accessToken: newer.auth_token, refreshToken: 's1-refresh' });
  });

  it('is no other login, for this tab and for others', async () => {
    const { latchkey, meet, open, store } = await loggedIn();
    const heard: unknown[] = [];
    const there = open(store);
    for (const tab of [latchkey, there]) tab.onChange((login) => heard.push(login));
    const newer = tokensFor('s1', { acr: 'aal2' });
    meet(respond(200, { status: 'success', ...newer }));
    await latchkey.reauthenticate({ code: '123456' });
    expect(await there.accessToken()).toBe(newer.auth_token);
    expect(heard).toEqual([]);
  });

  it('refreshes an access token that is refused, and asks again', async () => {
    const { latchkey, meet, paths, store } = await loggedIn();
    const newer = { status: 'success', ...tokensFor('s1', { acr: 'aal2' }) };
    meet(
      respond(401, refusal('expired_token')),
      respond(200, { ...loginFor('s1'), ...tokensFor('s1', { jti: 2 }), refresh_token: 'next' }),
      respond(200, newer),
    );
    await latchkey.reauthenticate({ code: '123456' });
    expect(paths).toEqual([AGAIN, 'POST /auth/refresh', AGAIN]);
    expect(keptIn(store.text)).toMatchObject({ accessToken: newer.auth_token, refreshToken: 'next' });
  });

  it('keeps the refresh token of another tab that has refreshed meanwhile', async () => {
    const { latchkey, meet, store } = await loggedIn();
    const newer = { status: 'success', ...tokensFor('s1', { acr: 'aal2' }) };
    meet(async () => {
      store.text = String(store.text).replace('s1-refresh', 'next');
      return respond(200, newer)();
    });
    await latchkey.reauthenticate({ code: '123456' });
    expect(keptIn(store.text)).toMatchObject({ accessToken: newer.auth_token, refreshToken: 'next' });
  });

  it.each([
    ['has logged out', undefined],
    ['is somebody else', 's9'],
  ])('is not kept for whoever %s meanwhile', async (_, sid) => {
    const { latchkey, meet, store, open } = await loggedIn();
    const there = open(store);
    meet(
      async () => {
        if (sid === undefined) await there.forget();
        else await there.logIn(joe);
        return respond(200, { status: 'success', ...tokensFor('s1') })();
      },
      respond(200, sid === undefined ? { status: 'success' } : loginFor(sid)),
    );
    await expect(latchkey.reauthenticate({ code: '123456' })).rejects.toMatchObject({ code: 'not_logged_in' });
    expect(keptIn(store.text)?.sessionId).toBe(sid);
  });

  it.each(['wrong_password', 'wrong_factor', 'second_factor_required'])('is refused with %s', async (code) => {
    const { latchkey, meet, paths, store } = await loggedIn();
    const { text } = store;
    meet(respond(403, refusal(code)));
    const error = await errorOf(latchkey.reauthenticate({ password: 'wrong' }));
    expect(error).toMatchObject({ code, status: 403, challenge: undefined });
    expect(paths).toEqual([AGAIN]);
    expect(store.text).toBe(text);
  });

  it('needs somebody who is logged in', async () => {
    const { latchkey, paths } = start();
    await expect(latchkey.reauthenticate({ code: '123456' })).rejects.toMatchObject({ code: 'not_logged_in' });
    expect(paths).toEqual([]);
  });
});

describe('a call that wants a newer proof of who is logged in', () => {
  const stale = { ...refusal('insufficient_user_authentication'), max_age: 600 };

  it.each([
    ['aal2', 'aal2'],
    [null, undefined],
  ])('says how old it may be, and with %s what it needs, and refreshes nothing', async (acr_values, acrValues) => {
    const { latchkey, meet, paths } = await loggedIn();
    meet(respond(401, { ...stale, acr_values }));
    await expect(latchkey.createKey({ name: 'x' })).rejects.toMatchObject({
      code: 'insufficient_user_authentication',
      status: 401,
      maxAgeSeconds: 600,
      acrValues,
    });
    expect(paths).toEqual(['POST /auth/keys']);
  });

  it('of an API returns its 401 from fetch, and refreshes nothing', async () => {
    const { latchkey, meet, paths } = await loggedIn();
    const header = 'Bearer error="insufficient_user_authentication", error_description="Again.", max_age="600"';
    meet(respond(401, stale, { 'WWW-Authenticate': header }));
    const response = await latchkey.fetch('http://localhost/api/things');
    expect([response.status, await response.json()]).toEqual([401, stale]);
    expect(paths).toEqual(['GET /api/things']);
  });
});

it('takes one proof of the right kind, and sends nothing else', async () => {
  const { latchkey, paths } = await loggedIn();
  const wrong: [keyof Latchkey, ...unknown[]][] = [
    ['logInWithFactor', undefined, { code: '123456' }],
    ['logInWithFactor', 'half-a-login', { code: '123456' }],
    ['logInWithFactor', challenge],
    ['logInWithFactor', challenge, '123456'],
    ['logInWithFactor', challenge, {}],
    ['logInWithFactor', challenge, { code: 123_456 }],
    ['logInWithFactor', challenge, { code: '123456', recoveryCode: 'x' }],
    ['logInWithFactor', challenge, { recovery_code: 'x' }],
    ['logInWithFactor', challenge, { password: 'x' }],
    ['logInWithFactor', challenge, { passkey: 'x' }],
    ['logInWithFactor', challenge, { passkey: false }],
    ['logInWithPasskey', { mediation: 'conditional' }],
    ['logInWithPasskey', 'conditional'],
    ['reauthenticate', undefined],
    ['reauthenticate', joe.password],
    ['reauthenticate', { password: 'x', code: '123456' }],
    ['reauthenticate', { password: undefined }],
  ];
  for (const [name, ...given] of wrong) {
    await expect(Reflect.apply(latchkey[name], undefined, given), JSON.stringify(given)).rejects.toBeInstanceOf(
      TypeError,
    );
  }
  expect(paths).toEqual([]);
});
