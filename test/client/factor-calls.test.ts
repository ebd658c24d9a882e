import type { Latchkey } from 'latchkey-client';
import { describe, expect, it } from 'vitest';
import { lose, refusal, respond, sharedStore, startNetwork } from '../support/client.ts';
import { joe } from '../support/service.ts';
import { challenge, keptIn, loginFor, tokensFor } from './tokens.ts';

const success = { status: 'success', message: 'Done.' };
const codes = ['AAAA-BBBB-CCCC-DDDD', 'EEEE-FFFF-GGGG-HHHH'];
const passkey = { id: 'p1', name: 'Phone', added_on: 'then', last_used_on: null, backed_up: true };
const factors = {
  totp: { added_on: 'then', last_used_on: 'now' },
  passkeys: [passkey],
  recovery_codes: { left: 9, made_on: 'then' },
  required: true,
};
const none = { totp: null, passkeys: [], recovery_codes: null, required: false };
const app = { secret: 'ABC', otpauth_uri: 'otpauth://totp/x', qr_svg: '<svg/>', enrolment_token: 'e', expires_in: 600 };
const newApp = {
  secret: 'ABC',
  otpauthUri: 'otpauth://totp/x',
  qrSvg: '<svg/>',
  enrolmentToken: 'e',
  expiresInSeconds: 600,
};
const enrolled = { ...success, recovery_codes: codes, ...tokensFor('s1', { acr: 'aal2' }) };
const confirmation = { enrolmentToken: 'e', code: '123456' };
const CONFIRM = 'POST /auth/factors/totp/confirm';

/** Each call that ends no session: its request, its body, what the service responds with, and what comes of it. */
const calls: [string, (latchkey: Latchkey) => Promise<unknown>, object | undefined, object, unknown][] = [
  ['GET /auth/factors', (client) => client.factors(), undefined, { data: factors }, factors],
  ['GET /auth/factors', (client) => client.factors(), undefined, { data: none }, none],
  ['POST /auth/factors/totp', (client) => client.beginTotp(), {}, { data: app }, newApp],
  [
    CONFIRM,
    (client) => client.confirmTotp(confirmation),
    { enrolment_token: 'e', code: '123456' },
    enrolled,
    { recoveryCodes: codes },
  ],
  [
    CONFIRM,
    (client) => client.confirmTotp(confirmation),
    { enrolment_token: 'e', code: '123456' },
    { ...enrolled, recovery_codes: null },
    { recoveryCodes: undefined },
  ],
  [
    'PATCH /auth/factors/passkeys/a%2Fb',
    (client) => client.renamePasskey('a/b', { name: 'Phone' }),
    { name: 'Phone' },
    {},
    undefined,
  ],
  [
    'POST /auth/factors/recovery-codes',
    (client) => client.replaceRecoveryCodes(),
    undefined,
    { data: { recovery_codes: codes } },
    codes,
  ],
];

/** Those that end all sessions. */
const removals: [string, (latchkey: Latchkey) => Promise<unknown>][] = [
  ['DELETE /auth/factors/totp', (client) => client.removeTotp()],
  ['DELETE /auth/factors/passkeys/a%2Fb', (client) => client.removePasskey('a/b')],
];

const all = [...calls.map(([path, call]) => [path, call] as const), ...removals];

async function loggedIn() {
  const network = startNetwork();
  const store = sharedStore();
  const latchkey = network.open(store);
  network.meet(respond(200, loginFor('s1')));
  await latchkey.logIn(joe);
  network.paths.length = 0;
  return { ...network, latchkey, store };
}

describe('a call about second factors', () => {
  it.each(calls)(
    '%s sends what the service expects, and reads what it gives',
    async (path, call, fields, body, result) => {
      const { latchkey, meet, paths } = await loggedIn();
      const accessToken = await latchkey.accessToken();
      const seen: { body: unknown; token: string | null }[] = [];
      meet(async (request) => {
        const text = await request.text();
        seen.push({ body: text === '' ? undefined : JSON.parse(text), token: request.headers.get('authorization') });
        return respond(200, { ...success, ...body })();
      });
      expect(await call(latchkey)).toEqual(result);
      expect(paths).toEqual([path]);
      expect(seen).toEqual([{ body: fields, token: `Bearer ${accessToken}` }]);
    },
  );

  it.each(all)('%s needs somebody who is logged in', async (_, call) => {
    const { open, paths } = startNetwork();
    await expect(call(open())).rejects.toMatchObject({ code: 'not_logged_in' });
    expect(paths).toEqual([]);
  });

  it.each(all)('%s refreshes nothing when the authentication is too old', async (path, call) => {
    const { latchkey, meet, paths } = await loggedIn();
    meet(respond(401, { ...refusal('insufficient_user_authentication'), max_age: 600, acr_values: null }));
    const stale = { code: 'insufficient_user_authentication', maxAgeSeconds: 600, acrValues: undefined };
    await expect(call(latchkey)).rejects.toMatchObject(stale);
    expect(paths).toEqual([path]);
  });

  it.each<[string, (latchkey: Latchkey) => Promise<unknown>, object]>([
    ['factors that are none', ({ factors }) => factors(), { data: {} }],
    [
      'factors of which nobody knows whether they are required',
      ({ factors }) => factors(),
      { data: { ...none, required: undefined } },
    ],
    ['an app that may be there', ({ factors }) => factors(), { data: { ...none, totp: undefined } }],
    ['codes that are not counted', ({ factors }) => factors(), { data: { ...none, recovery_codes: { made_on: 'x' } } }],
    ['a passkey without an id', ({ factors }) => factors(), { data: { ...none, passkeys: [{ ...passkey, id: 7 }] } }],
    ['an app without its secret', ({ beginTotp }) => beginTotp(), { data: { ...app, secret: undefined } }],
    ['an app without what confirms it', ({ beginTotp }) => beginTotp(), { data: { ...app, enrolment_token: null } }],
    ['codes that nobody got', ({ replaceRecoveryCodes }) => replaceRecoveryCodes(), { data: { recovery_codes: null } }],
    [
      'codes that may have been made',
      ({ confirmTotp }) => confirmTotp(confirmation),
      { ...enrolled, recovery_codes: undefined },
    ],
    ['a factor without tokens', ({ confirmTotp }) => confirmTotp(confirmation), { recovery_codes: codes }],
  ])('does not take %s for a success', async (_, call, body) => {
    const { latchkey, meet } = await loggedIn();
    meet(respond(200, { ...success, ...body }));
    await expect(call(latchkey)).rejects.toMatchObject({ code: 'unexpected_response' });
  });

  it('that is wrong throws before anything is sent', async () => {
    const { latchkey, paths } = await loggedIn();
    const wrong: [keyof Latchkey, ...unknown[]][] = [
      ['beginTotp', 'half-a-login'],
      ['beginTotp', {}],
      ['confirmTotp', undefined],
      ['confirmTotp', { code: '123456' }],
      ['confirmTotp', { enrolmentToken: 'e', code: 123_456 }],
      ['confirmTotp', confirmation, { challenge_token: 'x' }],
      ['addPasskey', { title: 'Phone' }],
      ['renamePasskey', 'p1', 'Phone'],
      ['renamePasskey', '', { name: 'Phone' }],
      ['removePasskey', undefined],
      ['removePasskey', '..'],
    ];
    for (const [name, ...given] of wrong) {
      const attempt = Reflect.apply(latchkey[name], undefined, given);
      await expect(attempt, JSON.stringify([name, given])).rejects.toBeInstanceOf(TypeError);
    }
    expect(paths).toEqual([]);
  });
});

describe('an app that is set up', () => {
  it('raises this session, whose newer access token is kept', async () => {
    const { latchkey, meet, store } = await loggedIn();
    meet(respond(200, enrolled));
    await latchkey.confirmTotp(confirmation);
    expect(keptIn(store.text)).toMatchObject({ accessToken: enrolled.auth_token, refreshToken: 's1-refresh' });
  });

  it('with the challenge of a login begins a session, and needs nobody who is logged in', async () => {
    const { open, meet, paths } = startNetwork();
    const store = sharedStore();
    const latchkey = open(store);
    const seen: unknown[] = [];
    const note = (body: object) => async (request: Request) => {
      seen.push(await request.json(), request.headers.get('authorization'));
      return respond(200, body)();
    };
    meet(note({ ...success, data: app }), note({ ...enrolled, ...loginFor('s7') }));
    expect(await latchkey.beginTotp(challenge)).toEqual(newApp);
    expect(await latchkey.confirmTotp(confirmation, challenge)).toEqual({ recoveryCodes: codes });
    expect(paths).toEqual(['POST /auth/factors/totp', CONFIRM]);
    const asked = { challenge_token: 'half-a-login' };
    expect(seen).toEqual([asked, null, { enrolment_token: 'e', code: '123456', ...asked }, null]);
    expect(keptIn(store.text)).toMatchObject({ sessionId: 's7', refreshToken: 's7-refresh' });
  });

  it('has its recovery codes also when another tab has logged out meanwhile', async () => {
    const { latchkey, meet, open, store } = await loggedIn();
    meet(async () => {
      await open(store).forget();
      return respond(200, enrolled)();
    });
    expect(await latchkey.confirmTotp(confirmation)).toEqual({ recoveryCodes: codes });
    expect(store.text).toBeUndefined();
  });

  it.each(['wrong_factor', 'invalid_challenge_token'])('is not called %s when it was perhaps done', async (code) => {
    const { latchkey, meet, paths } = await loggedIn();
    const refreshed = { ...loginFor('s1'), ...tokensFor('s1', { jti: 2 }) };
    meet(
      () => lose(respond(200, enrolled)),
      // The lost change made the older access tokens useless.
      respond(401, refusal('expired_token')),
      respond(200, refreshed),
      respond(400, refusal(code)),
    );
    await expect(latchkey.confirmTotp(confirmation)).rejects.toMatchObject({ code: 'unreachable', cause: { code } });
    expect(paths).toEqual([CONFIRM, CONFIRM, 'POST /auth/refresh', CONFIRM]);
  });
});

describe('a factor that is removed', () => {
  it.each(removals)('%s ends all sessions, and this client and its tabs go on in a new one', async (path, call) => {
    const { latchkey, meet, open, paths, store } = await loggedIn();
    const there = open(store);
    const heard: unknown[] = [];
    there.onChange((login) => heard.push(login?.sessionId));
    await there.accessToken();
    meet(respond(200, loginFor('s2')));
    const body = { userId: 'joe', sessionId: 's2' };
    expect(await call(latchkey)).toBeUndefined();
    expect(paths).toEqual([path]);
    expect(keptIn(store.text)).toMatchObject({ ...body, refreshToken: 's2-refresh' });
    await there.accessToken();
    expect(heard).toEqual(['s2']);
  });

  it.each(removals)('%s is said to be perhaps done when its response was lost', async (path, call) => {
    const { latchkey, meet, paths, store } = await loggedIn();
    meet(() => lose(respond(200, loginFor('s2'))), respond(401, refusal('revoked_token')));
    await expect(call(latchkey)).rejects.toMatchObject({ code: 'unreachable', cause: { code: 'revoked_token' } });
    expect(paths).toEqual([path, path]);
    expect(keptIn(store.text)?.sessionId).toBe('s1');
  });

  it.each(removals)('%s leaves the session when it is the last one that the policy needs', async (_, call) => {
    const { latchkey, meet, store } = await loggedIn();
    meet(respond(409, refusal('last_factor')));
    await expect(call(latchkey)).rejects.toMatchObject({ code: 'last_factor', status: 409 });
    expect(keptIn(store.text)?.sessionId).toBe('s1');
  });
});
