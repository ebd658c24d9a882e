import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { sql, sqlValue } from '../../support/database.ts';
import { bearer, joe, newPassword, startService, tokensOf } from '../../support/service.ts';
import { beforeTrip, fail, type KvOperation, watchDatabase, watchDenylist, isUpdate } from '../../support/storage.ts';

const { register, logIn, status, refresh, logOut, changePassword, call } = startService();

/** Verifies at a new location. A location that has read KV before may take a minute to see a revocation. */
const verify = (token: unknown) => startService().verify(token);

const revoked = { status: 401, body: { code: 'revoked_token' } };
const wrong = { status: 403, body: { code: 'wrong_password', message: 'The current password is wrong.' } };
const right = { ...joe, password: newPassword };
const refused = { status: 404, body: { code: 'invalid_credentials' } };

const hash = () => sqlValue('SELECT password_hash FROM users');

const liveSessions = () => sqlValue('SELECT count(*) FROM sessions WHERE revoked_at IS NULL');

describe('POST /auth/password', () => {
  it('changes the password', async () => {
    const { access } = tokensOf(await register());
    expect((await changePassword(access)).body).toEqual({
      status: 'success',
      message: 'Password changed.',
      auth_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 900,
      refresh_token: expect.any(String),
      refresh_expires_in: 2_592_000,
    });
    expect(await logIn()).toMatchObject(refused);
    expect(await logIn(right)).toMatchObject({ status: 200 });
  });

  it('ends all sessions of the user and of nobody else, and goes on in a new one', async () => {
    const stranger = tokensOf(await register({ ...joe, email: 'jane@gmail.com' }));
    const former = [tokensOf(await register()), tokensOf(await logIn()), tokensOf(await logIn())];
    const own = tokensOf(await changePassword(former[1]?.access));
    for (const tokens of former) {
      expect(await status(tokens.access)).toMatchObject(revoked);
      expect(await verify(tokens.access)).toMatchObject(revoked);
      expect(await refresh(tokens.refresh)).toMatchObject({ status: 401 });
    }
    for (const tokens of [own, stranger]) {
      expect(await status(tokens.access)).toMatchObject({ status: 200 });
      expect(await verify(tokens.access)).toMatchObject({ status: 204 });
      expect(await refresh(tokens.refresh)).toMatchObject({ status: 200 });
    }
    expect(decodeJwt(own.access)['sid']).not.toBe(decodeJwt(former[1]?.access ?? '')['sid']);
  });

  it('takes one KV entry, however many sessions there are', async () => {
    const { access } = tokensOf(await register());
    for (let times = 0; times < 10; times += 1) await logIn();
    const operations: KvOperation[] = [];
    const { changePassword } = startService({
      env: { DENYLIST: watchDenylist((operation) => void operations.push(operation)) },
    });
    expect(await changePassword(access)).toMatchObject({ status: 200 });
    const { sub } = decodeJwt(access);
    expect(operations.filter(({ operation }) => operation === 'put').map(({ keys }) => keys)).toEqual([[`sub:${sub}`]]);
  });

  it('refuses a wrong current password, and changes nothing', async () => {
    const { access } = tokensOf(await register());
    const before = await hash();
    expect(await changePassword(access, 'wrong password')).toMatchObject(wrong);
    expect(await hash()).toBe(before);
    expect(await status(access)).toMatchObject({ status: 200 });
    expect(await logIn()).toMatchObject({ status: 200 });
  });

  it.each([
    ['the current one', joe.password, 'Must differ from the current password.'],
    ['a short one', 'seven c', 'Must have at least 8 characters.'],
    ['a common one', 'iloveyou', 'Must not be one of the most common passwords.'],
    ['the address', joe.email, 'Must not be the e-mail address, a part of it, or our name.'],
  ])('refuses %s as the new password, and counts no attempt', async (_, password, message) => {
    const { access } = tokensOf(await register());
    expect(await changePassword(access, joe.password, password)).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', errors: [{ path: 'new_password', message }] },
    });
    expect(await sqlValue('SELECT count(*) FROM login_attempts')).toBe(0);
    expect(await status(access)).toMatchObject({ status: 200 });
  });

  it('takes the new password in another spelling for the current one', async () => {
    const { access } = tokensOf(await register({ ...joe, password: 'caf\u00e9 au lait' }));
    expect(await changePassword(access, 'caf\u00e9 au lait', 'cafe\u0301 au lait')).toMatchObject({ status: 400 });
  });

  it('refuses a caller whom only the denylist names', async () => {
    const { access } = tokensOf(await register());
    await startService({ env: watchDatabase((trip) => (isUpdate(trip) ? fail() : undefined)) }).logOut(access);
    expect(await startService().changePassword(access)).toMatchObject(revoked);
    expect(await logIn()).toMatchObject({ status: 200 });
  });
});

describe('simultaneous changes of a password', () => {
  it('have one winner and one session, whether they come from one session or from many', async () => {
    const tokens = [tokensOf(await register())];
    for (let times = 0; times < 4; times += 1) tokens.push(tokensOf(await logIn()));
    const attempts = Array.from({ length: 10 }, async (_, i) => {
      const password = `seven honest herons ${i}`;
      return { password, ...(await changePassword(tokens[i % tokens.length]?.access, joe.password, password)) };
    });
    const responses = await Promise.all(attempts);
    const winners = responses.filter(({ status }) => status === 200);
    expect(winners).toHaveLength(1);
    for (const { status, body } of responses.filter((response) => !winners.includes(response)))
      expect(['401 revoked_token', '403 wrong_password']).toContain(`${status} ${String(body['code'])}`);
    expect(await liveSessions()).toBe(1);
    expect(await sqlValue('SELECT version FROM users')).toBe(1);
    for (const { password, status } of responses)
      expect((await logIn({ ...joe, password })).status).toBe(status === 200 ? 200 : 404);
    for (const winner of winners) expect(await status(tokensOf(winner).access)).toMatchObject({ status: 200 });
  });

  it('leave the loser without any effect, even when the winner comes between its check and its batch', async () => {
    const first = tokensOf(await register());
    const second = tokensOf(await logIn());
    const change = async () => {
      expect(await changePassword(first.access)).toMatchObject({ status: 200 });
    };
    const loser = startService({ env: watchDatabase(beforeTrip(3, change)) });
    expect(await loser.changePassword(second.access, joe.password, 'eight honest herons')).toMatchObject(revoked);
    expect(await liveSessions()).toBe(1);
    expect(await logIn({ ...joe, password: 'eight honest herons' })).toMatchObject(refused);
    expect(await logIn(right)).toMatchObject({ status: 200 });
  });

  it('refuse the loser with wrong_password when the winner comes before its check', async () => {
    const first = tokensOf(await register());
    const second = tokensOf(await logIn());
    const loser = startService({ env: watchDatabase(beforeTrip(2, () => changePassword(first.access))) });
    expect(await loser.changePassword(second.access, joe.password, 'eight honest herons')).toMatchObject(wrong);
    expect(await liveSessions()).toBe(1);
  });
});

describe('what is under way while the password is changed', () => {
  it.each([false, true])('does not come out alive if it is a login (rehash: %s)', async (isRehashed) => {
    const { access } = tokensOf(await register());
    const change = async () => {
      expect(await changePassword(access)).toMatchObject({ status: 200 });
    };
    const env = { ...watchDatabase(beforeTrip(2, change)), ...(isRehashed && { PBKDF2_ITERATIONS: '2000' }) };
    expect(await startService({ env }).logIn()).toMatchObject(refused);
    expect(await liveSessions()).toBe(1);
    expect(await logIn()).toMatchObject(refused);
    expect(await logIn(right)).toMatchObject({ status: 200 });
  });

  it('does not come out alive if it is a refresh', async () => {
    const own = tokensOf(await register());
    const other = tokensOf(await logIn());
    const slow = startService({ env: watchDatabase(beforeTrip(1, () => changePassword(own.access))) });
    expect(await slow.refresh(other.refresh)).toMatchObject({ status: 401 });
    expect(await liveSessions()).toBe(1);
  });

  it('goes on if it is a rehash of the current password by a login', async () => {
    const { access } = tokensOf(await register());
    const logInMeanwhile = () => startService({ env: { PBKDF2_ITERATIONS: '2000' } }).logIn();
    const slow = startService({ env: watchDatabase(beforeTrip(3, logInMeanwhile)) });
    expect(await slow.changePassword(access)).toMatchObject({ status: 200 });
    expect(await logIn()).toMatchObject(refused);
    expect(await logIn(right)).toMatchObject({ status: 200 });
  });

  it.each([
    ['the user logs out everywhere', revoked, (token: string) => logOut(token, 'all')],
    ['the session ends', { status: 200 }, (token: string) => logOut(token)],
    [
      'the session ends the others',
      { status: 503, body: { code: 'storage_unavailable' } },
      (token: string) => logOut(token, 'others'),
    ],
    [
      'the account is disabled',
      { status: 401, body: { code: 'invalid_token' } },
      () => sql('UPDATE users SET disabled_at = 1, version = version + 1'),
    ],
    ['the account is deleted', { status: 401, body: { code: 'invalid_token' } }, () => sql('DELETE FROM users')],
  ])('is refused for what is true then: %s', async (_, expected, work) => {
    const { access } = tokensOf(await register());
    const slow = startService({ env: watchDatabase(beforeTrip(3, () => work(access))) });
    expect(await slow.changePassword(access)).toMatchObject(expected);
  });
});

describe('a change of the password that KV has not recorded', () => {
  it('responds with 503, and is completed by asking again', async () => {
    const { access } = tokensOf(await register());
    const broken = startService({
      env: { DENYLIST: watchDenylist(({ operation }) => (operation === 'put' ? fail() : undefined)) },
    });
    expect(await broken.changePassword(access)).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });
    expect(await verify(access), 'a token route does not know yet').toMatchObject({ status: 204 });
    expect(await changePassword(access)).toMatchObject(revoked);
    expect(await verify(access)).toMatchObject(revoked);
    expect(await logIn(right)).toMatchObject({ status: 200 });
  });
});

describe('the route of a password', () => {
  it('needs an access token and both passwords', async () => {
    const { access } = tokensOf(await register());
    expect(await call('/auth/password', { method: 'POST' })).toMatchObject({ status: 401 });
    const init = { method: 'POST', headers: { ...bearer(access), 'content-type': 'application/json' }, body: '{}' };
    expect(await call('/auth/password', init)).toMatchObject({
      status: 400,
      body: {
        errors: [
          { path: 'current_password', message: 'Is missing.' },
          { path: 'new_password', message: 'Is missing.' },
        ],
      },
    });
  });
});
