import { describe, expect, it, vi } from 'vitest';
import { refusal, respond, sharedStore, startNetwork, URL_OF_SERVICE } from '../support/client.ts';
import { sql } from '../support/database.ts';
import { joe, startClock } from '../support/service.ts';

const jane = { email: 'jane@gmail.com', password: 'correct battery' };

describe('an access token', () => {
  it('is refreshed once for any number of calls when the service refuses it', async () => {
    const clock = startClock();
    const { open, count } = startNetwork({ now: clock.now });
    const store = sharedStore();
    const [here, there] = [open(store), open(store)];
    await here.register(joe);
    clock.pass(901);
    const users = await Promise.all([here, here, here].map((each) => each.user()));
    expect(users.map((user) => user?.email)).toEqual([joe.email, joe.email, joe.email]);
    expect(count('POST /auth/refresh')).toBe(1);
    await there.user();
    expect(count('POST /auth/refresh')).toBe(1);
  });

  it('is refreshed, and nobody notices, when the service refuses it for changed rights before it is due', async () => {
    const { open, meet, paths } = startNetwork();
    const latchkey = open();
    await latchkey.register(joe);
    const refused = respond(401, { ...refusal('expired_token'), message: 'Signature expired. Please log in again.' });
    meet(refused);
    expect((await latchkey.user())?.email).toBe(joe.email);
    meet(refused);
    expect(await latchkey.sessions()).toHaveLength(1);
    meet(respond(401, { error: 'invalid_token' }, { 'WWW-Authenticate': 'Bearer error="invalid_token"' }));
    expect((await latchkey.fetch(`${URL_OF_SERVICE}/auth/verify`)).status).toBe(204);
    const calls = ['GET /auth/status', 'GET /auth/sessions', 'GET /auth/verify'];
    expect(paths.slice(1)).toEqual(calls.flatMap((call) => [call, 'POST /auth/refresh', call]));
  });

  it('is refreshed before it expires by the clock of this device, however wrong that is', async () => {
    const { open, count } = startNetwork();
    const latchkey = open();
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2001-01-01') });
    try {
      await latchkey.register(joe);
      vi.setSystemTime(new Date('2001-01-01T00:14:29Z'));
      await latchkey.accessToken();
      expect(count('POST /auth/refresh')).toBe(0);
      vi.setSystemTime(new Date('2001-01-01T00:14:31Z'));
      await Promise.all([latchkey.accessToken(), latchkey.accessToken()]);
      expect(count('POST /auth/refresh')).toBe(1);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is refreshed on request', async () => {
    const latchkey = startNetwork().open();
    await expect(latchkey.refresh()).rejects.toMatchObject({ code: 'not_logged_in' });
    await latchkey.register(joe);
    const before = await latchkey.accessToken();
    await latchkey.refresh();
    expect(await latchkey.accessToken()).not.toBe(before);
  });

  it('is given up when the session is over, and nothing loops', async () => {
    const { open, paths } = startNetwork();
    const store = sharedStore();
    const latchkey = open(store);
    await latchkey.register(joe);
    await sql('UPDATE sessions SET revoked_at = 1');
    expect(await latchkey.user()).toBeUndefined();
    expect(paths.slice(1)).toEqual(['GET /auth/status', 'POST /auth/refresh']);
    expect(store.text).toBeUndefined();
  });

  it('that is refused again after a refresh is an error, and nothing loops', async () => {
    const { open, meet, paths } = startNetwork();
    const latchkey = open();
    await latchkey.register(joe);
    meet(respond(401, refusal('invalid_token')), () => undefined, respond(401, refusal('invalid_token')));
    await expect(latchkey.user()).rejects.toMatchObject({ code: 'invalid_token', status: 401 });
    expect(paths).toHaveLength(4);
  });

  it('of another user is not used for a call that was under way', async () => {
    const { open, meet } = startNetwork();
    const store = sharedStore();
    const [here, there] = [open(store), open(store)];
    await here.register(joe);
    meet(async () => {
      await there.register(jane);
      return respond(401, refusal('revoked_token'))();
    });
    await expect(here.sessions()).rejects.toMatchObject({ code: 'not_logged_in' });
    expect((await here.user())?.email).toBe(jane.email);
  });

  it('of another user is not used for a call that waits for a refresh', async () => {
    const { open, meet, paths } = startNetwork();
    const store = sharedStore();
    const [here, there] = [open(store), open(store)];
    await here.register(joe);
    store.text = store.text?.replace(/"dueAt":[\d.]+/, '"dueAt":0');
    meet(async (_, ask) => {
      await there.register(jane);
      return ask();
    });
    await expect(here.sessions()).rejects.toMatchObject({ code: 'not_logged_in' });
    expect(paths).not.toContain('GET /auth/sessions');
    expect((await here.user())?.email).toBe(jane.email);
  });
});

describe('fetch', () => {
  it('sends the token, and asks once more with a fresh one after a 401', async () => {
    const clock = startClock();
    const { open, paths } = startNetwork({ now: clock.now });
    const latchkey = open();
    await latchkey.register(joe);
    clock.pass(901);
    const response = await latchkey.fetch(`${URL_OF_SERVICE}/auth/verify`);
    expect(response.status).toBe(204);
    expect(paths.slice(1)).toEqual(['GET /auth/verify', 'POST /auth/refresh', 'GET /auth/verify']);
  });

  it('sends the same body again', async () => {
    const bodies: string[] = [];
    const { open, meet } = startNetwork();
    const latchkey = open();
    await latchkey.register(joe);
    const answer = (status: number) => async (request: Request) => {
      bodies.push(await request.text());
      return Response.json({}, { status });
    };
    meet(answer(401), () => undefined, answer(200));
    const response = await latchkey.fetch(`${URL_OF_SERVICE}/things`, { method: 'POST', body: 'a thing' });
    expect(response.status).toBe(200);
    expect(bodies).toEqual(['a thing', 'a thing']);
  });

  it('returns a second 401 as it is', async () => {
    const { open, meet, paths } = startNetwork();
    const latchkey = open();
    await latchkey.register(joe);
    meet(respond(401, {}), () => undefined, respond(401, { mine: true }));
    expect(await (await latchkey.fetch(`${URL_OF_SERVICE}/things`)).json()).toEqual({ mine: true });
    expect(paths).toHaveLength(4);
  });

  it('sends the token to no other origin than those that it knows', async () => {
    const { open, paths } = startNetwork();
    const latchkey = open();
    await latchkey.register(joe);
    await expect(latchkey.fetch('https://example.org/')).rejects.toBeInstanceOf(TypeError);
    expect(paths).toHaveLength(1);
  });

  it('refuses when nobody is logged in', async () => {
    const { open, paths } = startNetwork();
    await expect(open().fetch(`${URL_OF_SERVICE}/auth/verify`)).rejects.toMatchObject({ code: 'not_logged_in' });
    expect(paths).toEqual([]);
  });
});
