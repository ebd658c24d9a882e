import { beforeEach, describe, expect, it } from 'vitest';
import { dataOf, listOf, startAdministration } from '../../support/administration.ts';
import { emptyTables, sql, sqlValue } from '../../support/database.ts';
import { startClock, tokensOf } from '../../support/service.ts';

const clock = startClock();
const { ask, make, change, show, logIn, post, status, verify, refresh } = startAdministration({
  deps: { now: clock.now },
});

beforeEach(emptyTables);

/** Makes a way to choose a new password, and returns the token of its link. */
async function resetOf(id: string): Promise<string> {
  const { body } = await ask({ route: `POST /admin/users/${id}/password-reset`, body: {} });
  expect(dataOf(body)).toMatchObject({ mailed: false });
  return String(dataOf(body)['link']).split('#token=')[1] ?? '';
}

const choose = (token: string, password = 'seven honest herons') =>
  post('/auth/password/reset/confirm', { token, new_password: password });

describe('somebody who has to wait', () => {
  it('is seen, with until when and by what, and logs in after an unlock', async () => {
    const user = await make();
    for (let i = 0; i < 12; i += 1) await logIn({ ...user, password: 'wrong password' });
    const { login } = await show(user.id);
    expect(login).toMatchObject({ waits: [{ by: 'network' }] });
    expect((await logIn(user)).status).toBe(404);

    const { body } = await ask({ route: `POST /admin/users/${user.id}/unlock` });
    expect(body).toMatchObject({ message: 'Login attempts forgotten.', attempts_forgotten: 2 });
    expect(await show(user.id)).toMatchObject({ login: { waits: [] } });
    expect((await logIn(user)).status).toBe(200);
    expect(await sql("SELECT actor, user_id FROM events WHERE type = 'attempts_forgotten'")).toEqual([
      { actor: 'operator', user_id: user.id },
    ]);
  });

  it('at any network, while others at those networks still wait', async () => {
    const [user, other] = [await make(), await make()];
    const attempts = [user, other].flatMap((each) =>
      [each, each].map((who, i) => ({ who, network: `203.0.113.${i}` })),
    );
    for (const { who, network } of attempts)
      await post('/auth/login', { ...who, password: 'wrong password' }, { 'cf-connecting-ip': network });
    const rows = Number(await sqlValue('SELECT count(*) FROM login_attempts'));
    const { body } = await ask({ route: `POST /admin/users/${user.id}/unlock` });
    // Two networks, and the account.
    expect(body).toMatchObject({ attempts_forgotten: 3 });
    expect(await sqlValue('SELECT count(*) FROM login_attempts')).toBe(rows - 3);
  });

  it('says when there was nothing to forget, and writes no event', async () => {
    const user = await make();
    const { status, body } = await ask({ route: `POST /admin/users/${user.id}/unlock` });
    expect(status).toBe(200);
    expect(body).toMatchObject({ attempts_forgotten: 0 });
    expect(await sqlValue("SELECT count(*) FROM events WHERE type = 'attempts_forgotten'")).toBe(0);
  });
});

describe('a password without mail', () => {
  it('is chosen by the link of an operator, once', async () => {
    const user = await make();
    const { access } = tokensOf(await logIn(user));
    const token = await resetOf(user.id);
    expect((await choose(token)).status).toBe(200);
    expect((await choose(token)).body).toMatchObject({ code: 'invalid_challenge' });
    expect((await logIn(user)).status).toBe(404);
    expect((await logIn({ ...user, password: 'seven honest herons' })).status).toBe(200);
    expect((await status(access)).status).toBe(401);
  });

  it('is not chosen after an hour, or once the user is disabled', async () => {
    const user = await make();
    const late = await resetOf(user.id);
    clock.pass(3601);
    expect((await choose(late)).body).toMatchObject({ code: 'invalid_challenge' });
    const token = await resetOf(user.id);
    await change(user.id, { disabled: true });
    expect((await choose(token)).body).toMatchObject({ code: 'invalid_challenge' });
    expect(await ask({ route: `POST /admin/users/${user.id}/password-reset`, body: {} })).toMatchObject({
      status: 409,
      body: { code: 'user_disabled' },
    });
    await change(user.id, { disabled: false });
    expect((await choose(token)).body).toMatchObject({ code: 'invalid_challenge' });
  });

  it('is not mailed where there is no mail', async () => {
    const { id } = await make();
    const route = `POST /admin/users/${id}/password-reset`;
    expect(await ask({ route, body: { delivery: 'mail' } })).toMatchObject({
      status: 503,
      body: { code: 'mail_unavailable' },
    });
    expect((await ask({ route, body: { delivery: 'pigeon' } })).status).toBe(400);
  });

  it('is not known to whoever makes an account without one', async () => {
    const { body } = await ask({ route: 'POST /admin/users', body: { email: 'new@example.org', roles: ['a'] } });
    const { invitation } = body;
    const { user_id: id } = dataOf(body);
    expect(await show(String(id))).toMatchObject({ login: { password_scheme: 'none' } });
    expect((await logIn({ email: 'new@example.org', password: 'A'.repeat(43) })).status).toBe(404);
    expect(invitation).toMatchObject({ mailed: false });
    const link = typeof invitation === 'object' && invitation !== null ? String(Reflect.get(invitation, 'link')) : '';
    expect((await choose(link.split('#token=')[1] ?? '')).status).toBe(200);
    expect((await logIn({ email: 'new@example.org', password: 'seven honest herons' })).status).toBe(200);
    expect(await show(String(id))).toMatchObject({
      email_verified: false,
      login: { password_scheme: 'pbkdf2-sha256-split' },
    });
  });
});

describe('making an account', () => {
  it('refuses an address that somebody has, however it is typed, and a bad password', async () => {
    const { email } = await make();
    expect(
      await ask({ route: 'POST /admin/users', body: { email: ` ${email.toUpperCase()}`, password: 'correct horse' } }),
    ).toMatchObject({
      status: 409,
      body: { code: 'address_taken' },
    });
    for (const body of [
      { email: 'x@example.org', password: 'short' },
      { password: 'correct horse' },
      { email: 'x@example.org', disabled: true },
    ])
      expect((await ask({ route: 'POST /admin/users', body })).body).toMatchObject({ code: 'invalid_request' });
    expect(await sqlValue('SELECT count(*) FROM users')).toBe(1);
  });

  it('makes one account of two at once', async () => {
    const body = { email: 'x@example.org', password: 'correct horse', roles: ['a'] };
    const made = await Promise.all([1, 2].map(() => ask({ route: 'POST /admin/users', body })));
    expect(made.map(({ status }) => String(status)).toSorted()).toEqual(['201', '409']);
    expect(await sqlValue('SELECT count(*) FROM user_roles')).toBe(1);
    expect(await sqlValue("SELECT count(*) FROM events WHERE type = 'user_created'")).toBe(1);
  });
});

describe('sessions of a user', () => {
  it('are listed, and ended one by one or all', async () => {
    const user = await make();
    const sessions = [tokensOf(await logIn(user)), tokensOf(await logIn(user)), tokensOf(await logIn(user))];
    const route = `/admin/users/${user.id}/sessions`;
    const listed = listOf((await ask({ route: `GET ${route}` })).body);
    expect(listed).toHaveLength(3);
    expect(listed[0]).not.toHaveProperty('current');

    const one = String(listed[0]?.['id']);
    expect((await ask({ route: `DELETE ${route}/${one}` })).status).toBe(200);
    expect(listOf((await ask({ route: `GET ${route}` })).body)).toHaveLength(2);
    for (const id of [crypto.randomUUID(), 'x'])
      expect((await ask({ route: `DELETE ${route}/${id}` })).body).toMatchObject({ code: 'unknown_session' });
    const stranger = await make();
    expect((await ask({ route: `DELETE /admin/users/${stranger.id}/sessions/${one}` })).body).toMatchObject({
      code: 'unknown_session',
    });

    expect((await ask({ route: `DELETE ${route}` })).body).toMatchObject({ sessions_revoked: 2 });
    for (const { access, refresh: refreshToken } of sessions) {
      expect((await status(access)).body).toMatchObject({ code: 'revoked_token' });
      expect((await verify(access)).body).toMatchObject({ code: 'revoked_token' });
      expect((await refresh(refreshToken)).status).toBe(401);
    }
    expect((await logIn(user)).status).toBe(200);
  });
});

describe('deleting a user', () => {
  it('leaves nothing but events, and ends the sessions in both places', async () => {
    const user = await make({ roles: ['a'] });
    const { access } = tokensOf(await logIn(user));
    await logIn({ ...user, password: 'wrong password' });
    await resetOf(user.id);
    expect((await ask({ route: `DELETE /admin/users/${user.id}` })).body).toMatchObject({
      message: 'User deleted.',
      sessions_revoked: 1,
    });
    for (const table of ['users', 'sessions', 'user_roles', 'challenges', 'known_networks'])
      expect(await sqlValue(`SELECT count(*) FROM ${table}`), table).toBe(0);
    expect((await verify(access)).body).toMatchObject({ code: 'revoked_token' });
    expect((await status(access)).body).toMatchObject({ code: 'invalid_token' });
    expect((await ask({ route: `DELETE /admin/users/${user.id}` })).body).toMatchObject({ code: 'unknown_user' });
    expect(await sqlValue(`SELECT actor FROM events WHERE type = 'user_deleted'`)).toBe('operator');
  });
});

describe('ending the sessions of everybody', () => {
  const sweep = (body: object) => ask({ route: 'POST /admin/sessions/revoke', body });

  it('ends them in the database, and says how many', async () => {
    const users = [await make(), await make()];
    const sessions = await Promise.all(users.map(async (user) => tokensOf(await logIn(user))));
    expect((await sweep({})).body).toMatchObject({ users_changed: 2, sessions_revoked: 2, next: null });
    for (const { access, refresh: refreshToken } of sessions) {
      expect((await status(access)).body).toMatchObject({ code: 'revoked_token' });
      expect((await refresh(refreshToken)).status).toBe(401);
    }
    expect(await sql("SELECT actor, user_id, data FROM events WHERE type = 'all_sessions_revoked'")).toEqual([
      { actor: 'operator', user_id: null, data: '{"users":2}' },
    ]);
    for (const user of users) expect((await logIn(user)).status).toBe(200);
  });

  it('keeps what was mailed or handed out to choose a password', async () => {
    const user = await make();
    const token = await resetOf(user.id);
    await sweep({ reset_passwords: true });
    expect((await choose(token)).status).toBe(200);
  });

  it('makes all passwords useless when asked to', async () => {
    const user = await make();
    await sweep({ reset_passwords: true });
    expect((await logIn(user)).status).toBe(404);
    expect((await choose(await resetOf(user.id))).status).toBe(200);
    expect((await logIn({ ...user, password: 'seven honest herons' })).status).toBe(200);
  });

  it('makes useless after a restore what was mailed before', async () => {
    const user = await make();
    const token = await resetOf(user.id);
    await sweep({ restored: true });
    expect((await choose(token)).body).toMatchObject({ code: 'invalid_challenge' });
    expect(await sqlValue('SELECT count(*) FROM challenges')).toBe(0);
    expect(await sqlValue('SELECT version FROM users')).toBe(1000);
    expect((await logIn(user)).status).toBe(200);
  });

  it('goes on in chunks, and takes each user once', async () => {
    const rows = Array.from(
      { length: 1100 },
      (_, i) => `('id${String(i).padStart(4, '0')}', 'u${i}@example.org', 'x', 1)`,
    );
    await sql(`INSERT INTO users (id, email, password_hash, registered_at) VALUES ${rows.join(', ')}`);
    const pages: unknown[] = [];
    let after: unknown;
    do {
      const { body } = await sweep(after === undefined ? {} : { after });
      pages.push(body['users_changed']);
      after = body['next'] ?? undefined;
    } while (after !== undefined);
    expect(pages).toEqual([500, 500, 100]);
    expect(await sqlValue('SELECT count(*) FROM users WHERE version = 1')).toBe(1100);
  });
});
