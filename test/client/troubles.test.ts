import { createLatchkey, localStorageStore, type Store } from 'latchkey-client';
import { describe, expect, it } from 'vitest';
import { type Fault, lose, refusal, respond, sharedStore, startNetwork } from '../support/client.ts';
import { sql } from '../support/database.ts';
import { joe } from '../support/service.ts';

const lost: Fault = (_, ask) => lose(ask);
const away: Fault = async () => {
  throw new TypeError('Failed to fetch');
};
const busy: Fault = respond(503, refusal('storage_unavailable'), { 'Retry-After': '0' });
const html: Fault = async () => new Response('<!doctype html>', { headers: { 'Content-Type': 'text/html' } });
/** Responds as a `fetch` does that is told to follow a redirect, or not to. */
const redirect: Fault = async (request) =>
  request.redirect === 'manual'
    ? new Response(null, { status: 307, headers: { Location: 'https://example.org/' } })
    : Response.json({ status: 'success', data: { user_id: 'x', email: 'x', admin: true, registered_on: 'x' } });

async function loggedIn(store = sharedStore()) {
  const network = startNetwork();
  const latchkey = network.open(store);
  await latchkey.register(joe);
  network.paths.length = 0;
  return { ...network, latchkey, store };
}

describe('a response that is lost', () => {
  it.each([
    ['lost once', [lost]],
    ['lost after a 503', [busy, lost]],
    ['a 503 twice', [busy, busy]],
  ])('to a refresh (%s) is asked for again, and the session goes on', async (_, faults) => {
    const { latchkey, meet, count } = await loggedIn();
    meet(...faults);
    await latchkey.refresh();
    expect(count('POST /auth/refresh')).toBe(faults.length + 1);
    expect(await latchkey.user()).toBeDefined();
    await latchkey.refresh();
    expect(await latchkey.user()).toBeDefined();
  });

  it('to a registration makes one account, and logs it in', async () => {
    const { open, meet, paths } = startNetwork();
    const latchkey = open();
    meet(lost);
    await latchkey.register(joe);
    expect(paths).toEqual(['POST /auth/register', 'POST /auth/register', 'POST /auth/login']);
    expect((await latchkey.user())?.email).toBe(joe.email);
  });

  it('to a registration does not hide that the address has another owner', async () => {
    const { open, meet } = startNetwork();
    await open().register(joe);
    meet(away);
    await expect(open().register({ ...joe, password: 'another password' })).rejects.toMatchObject({
      code: 'email_taken',
    });
  });

  it('to a login or logout is asked for again', async () => {
    const { latchkey, meet } = await loggedIn();
    meet(lost);
    await latchkey.logOut();
    expect(await latchkey.user()).toBeUndefined();
    meet(lost);
    await latchkey.logIn(joe);
    expect(await latchkey.user()).toBeDefined();
    meet(lost);
    await latchkey.logOut({ scope: 'all' });
    expect(await latchkey.user()).toBeUndefined();
  });

  it('to a logout everywhere, or to the end of the own session, finds it over', async () => {
    const { latchkey, meet } = await loggedIn();
    const [own] = await latchkey.sessions();
    meet(lost);
    await latchkey.endSession(own?.id ?? '');
    expect(await latchkey.user()).toBeUndefined();
    await latchkey.logIn(joe);
    meet(busy, lost);
    await latchkey.logOut({ scope: 'all' });
    expect(await latchkey.user()).toBeUndefined();
    expect(await sql('SELECT id FROM sessions WHERE revoked_at IS NULL')).toEqual([]);
  });

  it('three times is an error, and the login is kept', async () => {
    const { latchkey, meet, paths } = await loggedIn();
    meet(away, away, away);
    await expect(latchkey.user()).rejects.toMatchObject({ code: 'unreachable', status: undefined });
    expect(paths).toHaveLength(3);
    meet(away, away, away);
    await expect(latchkey.logOut()).rejects.toMatchObject({ code: 'unreachable' });
    expect(await latchkey.user()).toBeDefined();
    await latchkey.logOut();
    expect(await sql('SELECT id FROM sessions WHERE revoked_at IS NULL')).toEqual([]);
  });
});

describe('forget', () => {
  it('forgets the login while the service is out of reach', async () => {
    const { latchkey, meet, store, paths } = await loggedIn();
    meet(away, away, away, away, away, away);
    await expect(latchkey.logOut()).rejects.toMatchObject({ code: 'unreachable' });
    await latchkey.forget();
    expect(store.text).toBeUndefined();
    expect(await latchkey.user()).toBeUndefined();
    await expect.poll(() => paths.length, { timeout: 30_000 }).toBe(6);
  });

  it('ends the session if the service hears of it', async () => {
    const { latchkey } = await loggedIn();
    await latchkey.forget();
    await expect.poll(() => sql('SELECT id FROM sessions WHERE revoked_at IS NULL')).toEqual([]);
    await latchkey.forget();
  });
});

describe('a service that has trouble', () => {
  it.each([
    ['too_many_requests', respond(429, refusal('too_many_requests'), { 'Retry-After': '60' }), 429, 60, 1],
    ['storage_unavailable', busy, 503, 0, 3],
    ['internal_error', respond(500, refusal('internal_error')), 500, undefined, 1],
    ['unexpected_response', respond(502, { error: 'bad gateway' }, { 'Retry-After': '0' }), 502, 0, 3],
    ['unexpected_response', html, 200, undefined, 1],
    ['unexpected_response', redirect, 307, undefined, 1],
    ['unexpected_response', respond(200, { hello: 'world' }), 200, undefined, 1],
    ['unexpected_response', respond(200, []), 200, undefined, 1],
    ['unexpected_response', respond(404, { error: 'Not found' }), 404, undefined, 1],
  ])('is the error %s', async (code, fault, status, retryAfterSeconds, requests) => {
    const { latchkey, meet, paths } = await loggedIn();
    meet(fault, fault, fault);
    await expect(latchkey.user()).rejects.toMatchObject({ code, status, retryAfterSeconds });
    expect(paths).toHaveLength(requests);
  });

  it('names the code of a newer service in the message', async () => {
    const { latchkey, meet } = await loggedIn();
    meet(respond(400, { ...refusal('from_the_future'), message: 'Not yet.' }));
    await expect(latchkey.user()).rejects.toMatchObject({
      code: 'unexpected_response',
      message: 'Not yet. (from_the_future)',
    });
  });

  it.each([
    ['has no tokens', { status: 'success' }],
    ['has an access token that is none', { auth_token: 'x', refresh_token: 'y', expires_in: 9, status: 'success' }],
  ])('is an error when a login %s', async (_, body) => {
    const { open, meet } = startNetwork();
    const latchkey = open();
    meet(respond(200, body));
    await expect(latchkey.logIn(joe)).rejects.toMatchObject({ code: 'unexpected_response' });
    expect(await latchkey.user()).toBeUndefined();
  });
});

describe('a store', () => {
  const broken = (): never => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  };

  it('that takes nothing is an error, and the session that it cannot keep is ended', async () => {
    const { open } = startNetwork();
    const store: Store = { ...sharedStore(), set: broken };
    await expect(open(store).register(joe)).rejects.toMatchObject({
      code: 'store_failed',
      cause: { name: 'SecurityError' },
    });
    await expect.poll(() => sql('SELECT id FROM sessions WHERE revoked_at IS NULL')).toEqual([]);
  });

  it('that gives nothing is an error, and no request is made', async () => {
    const { open, paths } = startNetwork();
    const latchkey = open({ ...sharedStore(), get: broken });
    await expect(latchkey.user()).rejects.toMatchObject({ code: 'store_failed' });
    await expect(latchkey.fetch('http://localhost/')).rejects.toMatchObject({ code: 'store_failed' });
    expect(paths).toEqual([]);
  });

  it('that this platform does not have is an error', async () => {
    const latchkey = startNetwork().open(localStorageStore());
    await expect(latchkey.user()).rejects.toMatchObject({ code: 'store_failed' });
  });

  it.each(['', 'x', '{}', '[]', 'null', '{"url":"http://localhost","accessToken":1}'])(
    'that holds something else (%s) means that nobody is logged in',
    async (text) => {
      const { open, paths } = startNetwork();
      const latchkey = open(sharedStore(text));
      expect(await latchkey.user()).toBeUndefined();
      expect(paths).toEqual([]);
      await latchkey.register(joe);
      expect(await latchkey.user()).toBeDefined();
    },
  );

  it.each(['accessToken', 'refreshToken'])(
    'whose %s no header can carry means that nobody is logged in',
    async (name) => {
      const { store, open, paths } = await loggedIn();
      for (const token of ['', ' ', 'a\nb', 'é', '☃', 'a'.repeat(5000)]) {
        store.text = JSON.stringify({ ...JSON.parse(store.text ?? ''), [name]: token });
        expect(await open(store).user()).toBeUndefined();
      }
      expect(paths).toEqual([]);
    },
  );

  it('with tokens of another service keeps them from this one', async () => {
    const { store, open, paths } = await loggedIn();
    store.text = store.text?.replace('http://localhost', 'http://localhost:8788');
    expect(await open(store).user()).toBeUndefined();
    expect(paths).toEqual([]);
  });

  it('with an expired login is emptied after one request', async () => {
    const { store, latchkey, paths } = await loggedIn();
    await sql('UPDATE sessions SET revoked_at = 1');
    store.text = store.text?.replace(/"dueAt":[\d.]+/, '"dueAt":0');
    expect(await latchkey.user()).toBeUndefined();
    expect(paths).toEqual(['POST /auth/refresh']);
    expect(store.text).toBeUndefined();
  });
});

it.each(['auth_token', 'refresh_token'])('refuses a login whose %s no header can carry', async (name) => {
  const { latchkey, meet } = await loggedIn();
  meet(async (_, ask) => {
    const body: object = await (await ask()).json();
    return Response.json({ ...body, [name]: `${String(Reflect.get(body, name))}☃` });
  });
  await expect(latchkey.logIn(joe)).rejects.toMatchObject({ code: 'unexpected_response' });
});

it('refuses options and credentials that cannot be right', async () => {
  for (const url of ['', 'localhost', '/auth', 'ftp://localhost', undefined]) {
    expect(() => createLatchkey({ url: String(url) })).toThrow(TypeError);
    expect(() => void Reflect.apply(createLatchkey, undefined, [{ url }])).toThrow(TypeError);
  }
  for (const store of [localStorageStore, {}, { get: () => undefined }]) {
    const options = { url: 'http://localhost', store };
    expect(() => void Reflect.apply(createLatchkey, undefined, [options])).toThrow('localStorageStore()');
  }
  const { open, paths } = startNetwork();
  const { logIn, register } = open();
  for (const call of [logIn, register]) {
    await expect(Reflect.apply(call, undefined, [joe.email, joe.password])).rejects.toBeInstanceOf(TypeError);
    await expect(Reflect.apply(call, undefined, [{ email: joe.email }])).rejects.toBeInstanceOf(TypeError);
  }
  expect(paths).toEqual([]);
});
