import type { Latchkey } from 'latchkey-client';
import { describe, expect, it } from 'vitest';
import { lose, refusal, respond, sharedStore, startNetwork } from '../support/client.ts';
import { joe, startService } from '../support/service.ts';

const email = joe.email;
const token = 'a token';
const code = '01234567';
const success = { status: 'success', message: 'Done.' };

/** Each call of the account: what it sends, and whether with the access token. */
const calls: [string, (latchkey: Latchkey) => Promise<unknown>, object | undefined, boolean][] = [
  ['POST /auth/register', (client) => client.requestRegistration({ email }), { email }, false],
  ['POST /auth/email/verification', (client) => client.requestVerification(), undefined, true],
  ['POST /auth/email/verify', (client) => client.verifyEmail({ token }), { token }, false],
  ['POST /auth/email/verify', (client) => client.verifyEmail({ code }), { code }, true],
  ['POST /auth/password/reset', (client) => client.requestPasswordReset({ email }), { email }, false],
  [
    'POST /auth/password/reset/confirm',
    (client) => client.resetPassword({ token, newPassword: 'new' }),
    { token, new_password: 'new' },
    false,
  ],
  [
    'POST /auth/password/reset/confirm',
    (client) => client.resetPassword({ email, code, newPassword: 'new' }),
    { email, code, new_password: 'new' },
    false,
  ],
  [
    'POST /auth/email',
    (client) => client.changeEmail({ newEmail: 'new@gmail.com', password: 'old' }),
    { new_email: 'new@gmail.com', password: 'old' },
    true,
  ],
  ['POST /auth/email/confirm', (client) => client.confirmEmail({ token }), { token }, false],
  ['POST /auth/email/confirm', (client) => client.confirmEmail({ code }), { code }, true],
  ['POST /auth/email/undo', (client) => client.undoEmailChange({ token }), { token }, false],
  ['DELETE /auth/user', (client) => client.deleteAccount({ password: 'old' }), { password: 'old' }, true],
];

/** The calls that what they use up allows once only. */
const redemptions = calls.filter(([, , fields]) => fields !== undefined && ('token' in fields || 'code' in fields));

async function loggedIn(store = sharedStore()) {
  const network = startNetwork();
  const latchkey = network.open(store);
  await latchkey.register(joe);
  network.paths.length = 0;
  return { ...network, latchkey, store };
}

const losing = (status: number, body: object) => (): Promise<Response> => lose(respond(status, body));

describe('a call of the account', () => {
  it.each(calls)('%s sends what the service expects', async (path, call, fields, isWithToken) => {
    const { latchkey, meet, paths } = await loggedIn();
    const seen: { body: unknown; token: string | null }[] = [];
    const accessToken = await latchkey.accessToken();
    meet(async (request) => {
      const text = await request.text();
      seen.push({ body: text === '' ? undefined : JSON.parse(text), token: request.headers.get('authorization') });
      return respond(200, success)();
    });
    expect(await call(latchkey)).toBeUndefined();
    expect(paths).toEqual([path]);
    expect(seen).toEqual([{ body: fields, token: isWithToken ? `Bearer ${accessToken}` : null }]);
  });

  it.each(calls.filter(([, , , isWithToken]) => isWithToken))('%s needs somebody who is logged in', async (_, call) => {
    const { open, paths } = startNetwork();
    await expect(call(open())).rejects.toMatchObject({ code: 'not_logged_in' });
    expect(paths).toEqual([]);
  });

  it.each(redemptions)('%s, when its response is lost, is not said to be wrong', async (path, call) => {
    const { latchkey, meet, count } = await loggedIn();
    meet(losing(200, success), respond(400, refusal('invalid_challenge')));
    await expect(call(latchkey)).rejects.toMatchObject({
      code: 'unreachable',
      message: 'The response was lost. What you have asked for may be done.',
    });
    expect(count(path)).toBe(2);
    expect(await latchkey.user()).toBeDefined();
  });

  it.each(redemptions)('%s, when its request is lost, is made again', async (_, call) => {
    const { latchkey, meet } = await loggedIn();
    meet(losing(503, refusal('storage_unavailable')), respond(200, success));
    await call(latchkey);
    meet(respond(400, refusal('invalid_challenge')));
    await expect(call(latchkey)).rejects.toMatchObject({ code: 'invalid_challenge', status: 400 });
  });

  it('with a code remembers a lost response when its access token is refused next', async () => {
    const { latchkey, meet } = await loggedIn();
    const refused = respond(401, refusal('expired_token'));
    const invalid = respond(400, refusal('invalid_challenge'));
    meet(losing(200, success), refused, () => undefined, invalid);
    await expect(latchkey.confirmEmail({ code })).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('that needs mail is not repeated, now or later, at a service that sends none', async () => {
    const { latchkey, meet, paths } = await loggedIn();
    meet(respond(503, refusal('mail_unavailable'), { 'Retry-After': '5' }));
    await expect(latchkey.requestVerification()).rejects.toMatchObject({
      code: 'mail_unavailable',
      status: 503,
      retryAfterSeconds: undefined,
    });
    expect(paths).toHaveLength(1);
  });

  it('that is wrong throws before anything is sent', async () => {
    const { latchkey, paths } = await loggedIn();
    const wrong: [keyof Latchkey, unknown][] = [
      ['requestRegistration', email],
      ['confirmRegistration', { token }],
      ['confirmRegistration', { code, password: 'new' }],
      ['verifyEmail', code],
      ['verifyEmail', { code: 1_234_567 }],
      ['verifyEmail', { token: null, code }],
      ['changePassword', { current_password: 'old', new_password: 'new' }],
      ['requestPasswordReset', {}],
      ['resetPassword', { email, code }],
      ['changeEmail', { email, password: 'old' }],
      ['confirmEmail', undefined],
      ['undoEmailChange', { code }],
      ['deleteAccount', 'old'],
    ];
    for (const [name, given] of wrong) {
      await expect(Reflect.apply(latchkey[name], undefined, [given]), name).rejects.toBeInstanceOf(TypeError);
    }
    expect(paths).toEqual([]);
  });

  it('may have fields that are undefined, as a form has', async () => {
    const { latchkey, meet } = await loggedIn();
    const bodies: string[] = [];
    meet(async (request) => {
      bodies.push(await request.text());
      return respond(200, success)();
    });
    await Reflect.apply(latchkey.verifyEmail, undefined, [{ token: undefined, code, other: 'field' }]);
    expect(bodies).toEqual([JSON.stringify({ code })]);
  });
});

describe('a deleted account', () => {
  it('is forgotten, also by the other tabs', async () => {
    const { latchkey, meet, store, open } = await loggedIn();
    meet(respond(200, success));
    await latchkey.deleteAccount({ password: joe.password });
    expect(store.text).toBeUndefined();
    expect(await open(store).user()).toBeUndefined();
  });

  it('is found gone by a repeat after a lost response', async () => {
    const { latchkey, meet, paths, store } = await loggedIn();
    meet(losing(200, success), respond(401, refusal('invalid_token')));
    await latchkey.deleteAccount({ password: joe.password });
    expect(paths).toEqual(['DELETE /auth/user', 'DELETE /auth/user']);
    expect(store.text).toBeUndefined();
  });

  it('stays when the password is wrong', async () => {
    const { latchkey, meet } = await loggedIn();
    meet(respond(403, refusal('wrong_password')));
    await expect(latchkey.deleteAccount({ password: 'wrong' })).rejects.toMatchObject({ code: 'wrong_password' });
    expect(await latchkey.user()).toBeDefined();
  });
});

describe('an export', () => {
  const account = { user_id: 'id', email, admin: false, registered_on: 'now' };

  it('is the whole document, also what this version does not know', async () => {
    const { latchkey, meet } = await loggedIn();
    const rights = { roles: ['editor'], claims: { tenant: 'acme' } };
    const known = { ...account, ...rights, email_verified: true, locale: 'de' };
    meet(
      respond(200, {
        status: 'success',
        data: { account: known, sessions: [], keys: [], events: [], consents: ['one'] },
      }),
    );
    expect(await latchkey.exportAccount()).toEqual({
      account: known,
      sessions: [],
      keys: [],
      events: [],
      consents: ['one'],
    });
  });

  it('of an older service has no events and no keys', async () => {
    const { latchkey, meet } = await loggedIn();
    meet(respond(200, { status: 'success', data: { account, sessions: [] } }));
    expect(await latchkey.exportAccount()).toMatchObject({ events: [], keys: [] });
  });

  it.each([
    undefined,
    {},
    { account },
    { account, sessions: [{}] },
    { account, sessions: [], events: [{}] },
    { account, sessions: [], events: 'none' },
    { account, sessions: [], keys: [{}] },
    { account, sessions: [], keys: 'none' },
  ])('that is none (%j) is an error', async (data) => {
    const { latchkey, meet } = await loggedIn();
    meet(respond(200, { status: 'success', data }));
    await expect(latchkey.exportAccount()).rejects.toMatchObject({ code: 'unexpected_response' });
  });
});

describe('the events of an account', () => {
  const event = { id: '7', type: 'login', at: 'now', actor: 'user' };
  const unknown = {
    user_id: null,
    session_id: null,
    address_prefix: null,
    country: null,
    user_agent: null,
    request_id: null,
    data: null,
  };

  it('are read part by part, also with what this version does not know', async () => {
    const { latchkey, meet, paths } = await loggedIn();
    const known = { ...event, ...unknown, country: 'DE', data: { factor: 1 }, since: 'later' };
    meet(
      respond(200, { ...success, data: [known, event], next: '7' }),
      respond(200, { ...success, data: [], next: null }),
    );
    expect(await latchkey.events()).toEqual({ events: [known, { ...event, ...unknown }], next: '7' });
    expect(await latchkey.events({ after: '7', limit: 2 })).toEqual({ events: [], next: undefined });
    expect(paths).toEqual(['GET /auth/events', 'GET /auth/events?after=7&limit=2']);
  });

  it('need somebody who is logged in', async () => {
    await expect(startNetwork().open().events()).rejects.toMatchObject({ code: 'not_logged_in' });
  });

  it.each([
    { data: [event] },
    { data: [event], next: 7 },
    { data: event, next: null },
    { data: [{ ...event, id: 7 }], next: null },
    { data: [{ ...event, actor: undefined }], next: null },
  ])('that are none (%j) are an error', async (body) => {
    const { latchkey, meet } = await loggedIn();
    meet(respond(200, { ...success, ...body }));
    await expect(latchkey.events()).rejects.toMatchObject({ code: 'unexpected_response' });
  });
});

describe('a registration that is confirmed', () => {
  it.each([{ token }, { email, code }])('logs in with %j and a password', async (proof) => {
    const { open, meet } = startNetwork();
    const latchkey = open();
    const { body } = await startService().register();
    meet(async (request) => {
      expect(await request.json()).toEqual({ ...proof, password: joe.password });
      return Response.json(body, { status: 201 });
    });
    await latchkey.confirmRegistration({ ...proof, password: joe.password });
    expect((await latchkey.user())?.email).toBe(email);
  });

  it('is begun by whoever registers in one step, also when a response was lost', async () => {
    const { open, meet, paths } = startNetwork();
    const mailed = respond(202, { status: 'success', message: 'Check your mail.' });
    const latchkey = open();
    meet(() => lose(mailed), mailed);
    await expect(latchkey.register(joe)).rejects.toMatchObject({
      code: 'confirmation_required',
      message: 'Check your mail.',
      status: 202,
    });
    expect(paths).toEqual(['POST /auth/register', 'POST /auth/register']);
    expect(await latchkey.user()).toBeUndefined();
  });

  it.each([
    [200, { message: 'Check your mail.' }],
    [201, { message: 'Check your mail.' }],
    [202, {}],
    [202, { message: 'Check your mail.', auth_token: 'x' }],
  ])('is not begun by a %i with %j', async (status, fields) => {
    const { open, meet } = startNetwork();
    meet(respond(status, { status: 'success', ...fields }));
    await expect(open().register(joe)).rejects.toMatchObject({ code: 'unexpected_response' });
  });

  it('is not what a 202 to a login means', async () => {
    const { open, meet } = startNetwork();
    meet(respond(202, { status: 'success', message: 'Check your mail.' }));
    await expect(open().logIn(joe)).rejects.toMatchObject({ code: 'unexpected_response' });
  });
});
