import { createAdmin } from 'latchkey-client/admin';
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { startNetwork, URL_OF_SERVICE as url } from '../../support/client.ts';
import { operatorToken } from '../../support/operator.ts';
import { joe } from '../../support/service.ts';

const jane = { email: 'jane@example.org', password: 'correct battery' };

/** The service, a client of an operator, and a page where Joe is logged in. */
async function start() {
  const network = startNetwork();
  const { fetch, open, paths } = network;
  const operator = createAdmin({ url, fetch, token: () => operatorToken() });
  const latchkey = open();
  await latchkey.register(joe);
  const id = (await latchkey.user())?.user_id ?? '';
  paths.length = 0;
  return { ...network, operator, latchkey, id };
}

describe('an operator', () => {
  it('makes a user whose next access token has the roles and claims', async () => {
    const { operator, open } = await start();
    const rights = { roles: ['editor'], claims: { tenant: 'acme' } };
    const { user, invitation } = await operator.users.create({ ...jane, ...rights, emailVerified: true });
    expect({ user, invitation }).toMatchObject({ user: { ...rights, email_verified: true }, invitation: undefined });
    const page = open();
    await page.logIn(jane);
    expect(await page.user()).toMatchObject({ email: jane.email, ...rights });
    expect(decodeJwt((await page.accessToken()) ?? '')).toMatchObject({ roles: ['editor'], tenant: 'acme' });
    await expect(operator.users.create(jane)).rejects.toMatchObject({ code: 'address_taken', status: 409 });
  });

  it('invites a user, who sets the password by the link', async () => {
    const { operator, open } = await start();
    const { invitation } = await operator.users.create({ email: jane.email });
    const token = invitation?.link?.split('#token=')[1] ?? '';
    await open().resetPassword({ token, newPassword: jane.password });
    const page = open();
    await page.logIn(jane);
    expect(await page.user()).toMatchObject({ email: jane.email });
  });

  it('finds users by address, by its beginning, by role, and all of them', async () => {
    const { operator, id } = await start();
    const { user } = await operator.users.create({ ...jane, roles: ['editor'] });
    expect((await operator.users.findByAddress('JOE@gmail.com'))?.user_id).toBe(id);
    expect(await operator.users.findByAddress('jo@gmail.com')).toBeUndefined();
    for (const filters of [{ email: 'jan' }, { email: '@example' }, { role: 'editor' }, { limit: 1 }]) {
      expect((await operator.users.find(filters)).users).toEqual([user]);
    }
    const addresses: string[] = [];
    for await (const { email } of operator.users.all({ unverified: true })) addresses.push(email);
    expect(addresses).toEqual([jane.email, joe.email]);
  });

  it('changes a user only while the user is as before, and hears how many sessions ended', async () => {
    const { operator, latchkey, id } = await start();
    const { user, etag } = await operator.users.get(id);
    expect(user).toMatchObject({ email: joe.email, live_sessions: 1, login: { waits: [] } });
    const disabled = await operator.users.change(id, { disabled: true }, { ifMatch: etag });
    expect(disabled).toMatchObject({ sessionsRevoked: 1, user: { disabled_on: expect.any(String) } });
    expect(disabled.etag).not.toBe(etag);
    expect(await latchkey.user()).toBeUndefined();
    const late = operator.users.change(id, { disabled: false }, { ifMatch: etag });
    await expect(late).rejects.toMatchObject({ code: 'precondition_failed', status: 412 });
    await expect(operator.users.resetPassword(id)).rejects.toMatchObject({ code: 'user_disabled' });
    await operator.users.change(id, { disabled: false }, { ifMatch: disabled.etag });
    await latchkey.logIn(joe);
  });

  it('ends sessions: one, those of a user, and those of everybody', async () => {
    const { operator, latchkey, open, id } = await start();
    const pages = [open(), open()];
    for (const page of pages) await page.logIn(joe);
    const [newest] = await operator.users.sessions(id);
    await operator.users.revokeSession(id, newest?.id ?? '');
    const unknown = operator.users.revokeSession(id, crypto.randomUUID());
    await expect(unknown).rejects.toMatchObject({ code: 'unknown_session', status: 404 });
    expect(await operator.users.revokeSessions(id)).toEqual({ sessionsRevoked: 2 });
    for (const page of [latchkey, ...pages]) expect(await page.user()).toBeUndefined();
    await latchkey.logIn(joe);
    expect(await operator.revokeAllSessions()).toMatchObject({ sessionsRevoked: 1, next: undefined });
    expect(await latchkey.user()).toBeUndefined();
  });

  it('unlocks a user, resets the password without mail, and deletes the user', async () => {
    const { operator, open, id } = await start();
    await expect(open().logIn({ ...joe, password: 'wrong' })).rejects.toMatchObject({ code: 'invalid_credentials' });
    expect(await operator.users.unlock(id)).toEqual({ attemptsForgotten: expect.any(Number) });
    const { link } = await operator.users.resetPassword(id, { delivery: 'link' });
    await open().resetPassword({ token: link?.split('#token=')[1] ?? '', newPassword: jane.password });
    const page = open();
    await page.logIn({ ...joe, password: jane.password });
    expect(await operator.users.delete(id)).toEqual({ sessionsRevoked: 1 });
    expect(await page.user()).toBeUndefined();
    await expect(operator.users.get(id)).rejects.toMatchObject({ code: 'unknown_user', status: 404 });
  });

  it('reads what has happened and who did it, and follows what happens next', async () => {
    const { operator, open, id } = await start();
    const page = open();
    await page.logIn(joe);
    await operator.users.change(id, { roles: ['editor'] });
    const { events, next } = await operator.events.read({ userId: id, limit: 2 });
    const [first, second] = events;
    expect([first?.type, second?.type, next]).toEqual(['user_registered', 'login', second?.id]);
    expect(await operator.events.read({ type: 'roles_changed', order: 'newest' })).toMatchObject({
      events: [{ user_id: id, actor: 'operator' }],
      next: undefined,
    });
    const types: string[] = [];
    for await (const event of operator.events.follow({ userId: id, after: first?.id ?? '', intervalMs: 100 })) {
      types.push(event.type);
      if (event.type === 'roles_changed') await page.logOut();
      if (event.type === 'logout') break;
    }
    expect(types).toEqual(['login', 'roles_changed', 'logout']);
    await expect(operator.events.read({ type: 'nonsense' })).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('needs another token for each request', async () => {
    const { fetch } = await start();
    const { users } = createAdmin({ url, fetch, token: await operatorToken() });
    await users.find();
    await expect(users.find()).rejects.toMatchObject({ code: 'invalid_token', status: 401 });
  });
});

describe('an administrator', () => {
  it('administers by the page where they are logged in, and no other user does', async () => {
    const { operator, latchkey, open, id } = await start();
    const page = open();
    await page.register(jane);
    const jill = createAdmin({ url, fetch: page.fetch });
    await expect(jill.users.find()).rejects.toMatchObject({ code: 'admin_required', status: 403 });
    await operator.users.change(id, { admin: true });
    const { users } = createAdmin({ url, fetch: latchkey.fetch });
    expect((await users.find()).users).toHaveLength(2);
    await expect(users.change(id, { admin: false })).rejects.toMatchObject({ code: 'own_account', status: 409 });
    const removed = operator.users.change(id, { admin: false });
    await expect(removed).rejects.toMatchObject({ code: 'last_admin', status: 409 });
    expect((await operator.users.change(id, { admin: false }, { lastAdmin: true })).user.admin).toBe(false);
    await expect(users.find()).rejects.toMatchObject({ code: 'admin_required' });
  });
});

describe('a user', () => {
  it('reads what has happened to the account, newest first, and not which administrator did it', async () => {
    const { operator, latchkey, id } = await start();
    await operator.users.change(id, { admin: true });
    await createAdmin({ url, fetch: latchkey.fetch }).users.change(id, { locale: 'de' });
    const { events, next } = await latchkey.events({ limit: 2 });
    expect(events.map(({ type, actor }) => [type, actor])).toEqual([
      ['locale_changed', 'admin'],
      ['admin_granted', 'operator'],
    ]);
    expect(next).toBe(events[1]?.id);
    const older = await latchkey.events({ after: next });
    expect(older).toMatchObject({ events: [{ type: 'user_registered', actor: 'user', user_id: id }], next: undefined });
  });
});

describe('a user whose rights change', () => {
  it('has them at the next call, and notices nothing', async () => {
    const { operator, latchkey, paths, id } = await start();
    const before = await latchkey.accessToken();
    await operator.users.change(id, { roles: ['editor'], claims: { tenant: 'acme' } });
    paths.length = 0;
    expect(await latchkey.user()).toMatchObject({ roles: ['editor'], claims: { tenant: 'acme' } });
    expect(paths).toEqual(['GET /auth/status', 'POST /auth/refresh', 'GET /auth/status']);
    const after = await latchkey.accessToken();
    expect(decodeJwt(after ?? '')).toMatchObject({ roles: ['editor'], tenant: 'acme' });
    expect(after).not.toBe(before);
  });
});
