import { LatchkeyError } from 'latchkey-client';
import { describe, expect, it } from 'vitest';
import { sharedStore, startNetwork } from '../support/client.ts';
import { sql } from '../support/database.ts';
import { countRows, joe, startClock } from '../support/service.ts';

const jane = { email: 'jane@gmail.com', password: 'correct battery' };

describe('the client', () => {
  it('registers, tells who it is, and logs out', async () => {
    const { open, paths } = startNetwork();
    const latchkey = open();
    expect(await latchkey.user()).toBeUndefined();
    expect(paths).toEqual([]);
    await latchkey.register(joe);
    expect(await latchkey.user()).toEqual({
      user_id: expect.stringMatching(/^[\da-f-]{36}$/),
      email: joe.email,
      email_verified: false,
      admin: false,
      roles: [],
      claims: {},
      locale: null,
      registered_on: expect.stringMatching(/Z$/),
    });
    await latchkey.logOut();
    expect(await latchkey.user()).toBeUndefined();
    expect(paths).toEqual(['POST /auth/register', 'GET /auth/status', 'POST /auth/logout']);
    await latchkey.logOut();
    expect(paths).toHaveLength(3);
  });

  it('gives the code, the message, the status and the request id of a refusal', async () => {
    const latchkey = startNetwork().open();
    await latchkey.register(joe);
    const refused = latchkey.logIn({ ...joe, password: 'wrong' });
    await expect(refused).rejects.toBeInstanceOf(LatchkeyError);
    await expect(refused).rejects.toMatchObject({
      code: 'invalid_credentials',
      message: 'User does not exist.',
      status: 404,
      requestId: expect.any(String),
    });
    expect((await latchkey.user())?.email).toBe(joe.email);
    await expect(latchkey.register(joe)).rejects.toMatchObject({ code: 'email_taken', status: 202 });
    await expect(latchkey.register({ ...jane, password: 'x' })).rejects.toMatchObject({
      code: 'invalid_request',
      message: expect.stringMatching(/^The request is not valid\. password: \w/),
      errors: [{ path: 'password', message: expect.any(String) }],
    });
  });

  it('ends the session that a login replaces', async () => {
    const { open, count } = startNetwork();
    const latchkey = open();
    await latchkey.register(joe);
    await latchkey.logIn(joe);
    await expect.poll(() => count('POST /auth/logout')).toBe(1);
    await expect.poll(async () => (await latchkey.sessions()).length).toBe(1);
  });

  it('lists sessions, ends one, and is logged out when it ends its own', async () => {
    const { open } = startNetwork();
    const latchkey = open();
    await latchkey.register(joe);
    await open().logIn(joe);
    const sessions = await latchkey.sessions();
    expect(sessions.map(({ current }) => current)).toEqual([false, true]);
    for (const { id } of sessions) await latchkey.endSession(id);
    await expect(latchkey.sessions()).rejects.toMatchObject({ code: 'not_logged_in' });
  });

  it('refuses to end a session that is not there', async () => {
    const latchkey = startNetwork().open();
    await latchkey.register(joe);
    const unknown = latchkey.endSession('00000000-0000-7000-8000-000000000000');
    await expect(unknown).rejects.toMatchObject({ code: 'unknown_session', status: 404 });
    expect(await latchkey.user()).toBeDefined();
  });

  it('logs out the other sessions, or all', async () => {
    const { open } = startNetwork();
    const [here, there] = [open(), open()];
    await here.register(joe);
    await there.logIn(joe);
    await here.logOut({ scope: 'others' });
    expect(await there.user()).toBeUndefined();
    expect(await here.user()).toBeDefined();
    await there.logIn(joe);
    await there.logOut({ scope: 'all' });
    expect(await there.user()).toBeUndefined();
    expect(await here.user()).toBeUndefined();
  });

  it('does not say that all sessions are over when its own has ended and others live', async () => {
    const { open } = startNetwork();
    const [here, there] = [open(), open()];
    await here.register(joe);
    await there.logIn(joe);
    await there.logOut({ scope: 'others' });
    await expect(here.logOut({ scope: 'all' })).rejects.toMatchObject({ code: 'not_logged_in' });
    expect(await there.user()).toBeDefined();
  });

  it('logs out after the access token has expired', async () => {
    const clock = startClock();
    const { open, paths } = startNetwork({ now: clock.now });
    const latchkey = open();
    await latchkey.register(joe);
    clock.pass(3600);
    await latchkey.logOut();
    expect(paths).toEqual(['POST /auth/register', 'POST /auth/logout']);
    expect(await sql('SELECT id FROM sessions WHERE revoked_at IS NULL')).toEqual([]);
    expect(await countRows()).toEqual({ users: 1, sessions: 1 });
  });

  it('tells when somebody logs in or out, also in another tab', async () => {
    const { open } = startNetwork();
    const store = sharedStore();
    const [here, there] = [open(store), open(store)];
    const heard: unknown[] = [];
    await here.user();
    const stop = here.onChange((login) => heard.push(login?.userId));
    await there.register(joe);
    const { user_id: id } = (await here.user()) ?? {};
    await here.refresh();
    expect(heard).toEqual([id]);
    await there.logOut();
    expect(await here.user()).toBeUndefined();
    expect(heard).toEqual([id, undefined]);
    stop();
    await here.logIn(joe);
    expect(heard).toHaveLength(2);
  });
});
