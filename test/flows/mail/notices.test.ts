import { describe, expect, it } from 'vitest';
import { NEW_EMAIL, NEW_PASSWORD, startAccounts } from '../../support/accounts.ts';
import { sql, sqlValue } from '../../support/database.ts';
import { from, HOME, STRANGER } from '../../support/guessing.ts';
import { tokenOf } from '../../support/mailbox.ts';
import { bearer, joe, tokensOf } from '../../support/service.ts';
import { fail, watchDatabase } from '../../support/storage.ts';

const namesOf = ({ letters }: ReturnType<typeof startAccounts>) => letters.map(({ name }) => name);
const invalid = { status: 401, body: { code: 'invalid_refresh_token' } };

/** A session whose refresh token is used a second time, from elsewhere, after the grace. */
async function startReuse(options: Parameters<typeof startAccounts>[0] = {}) {
  const service = startAccounts(options);
  const { refresh: token } = await service.registerVerified();
  const next = tokensOf(await service.refresh(token));
  service.clock.pass(3600);
  service.letters.length = 0;
  const reuse = () => service.post('/auth/refresh', { refresh_token: token }, { 'user-agent': 'thief' });
  return { ...service, token, next, reuse };
}

describe('the notice that the password was changed', () => {
  it('goes to the address of the account after a reset, and carries nothing to redeem', async () => {
    const { register, askReset, confirmReset, letter } = startAccounts();
    await register();
    await askReset();
    await confirmReset({ token: tokenOf(letter('reset_password')) });
    expect(letter('password_changed')).toMatchObject({ to: joe.email, proof: undefined });
  });

  it('goes out after a change by the user', async () => {
    const service = startAccounts();
    const { access } = await service.registerVerified();
    const body = { current_password: joe.password, new_password: NEW_PASSWORD };
    const answer = await service.post('/auth/password', body, { authorization: `Bearer ${access}` });
    expect(answer).toMatchObject({ status: 200 });
    expect(namesOf(service)).toEqual(['verify_email', 'password_changed']);
  });

  it('does not go out for a change that is refused, or fails', async () => {
    const service = startAccounts();
    const { access } = await service.registerVerified();
    const change = (current_password: string, new_password: string, { post } = service) =>
      post('/auth/password', { current_password, new_password }, { authorization: `Bearer ${access}` });
    expect(await change('wrong password', NEW_PASSWORD)).toMatchObject({ status: 403 });
    expect(await change(joe.password, 'short')).toMatchObject({ status: 400 });
    await service.askReset();
    expect(await service.confirmReset({ token: 'a' })).toMatchObject({ status: 400 });
    const token = tokenOf(service.letter('reset_password'));
    expect(await service.confirmReset({ token }, 'short')).toMatchObject({ status: 400 });
    const onTrip = (statements: string[]) => void (statements.some((text) => /^update/i.test(text)) && fail());
    const broken = startAccounts({ env: watchDatabase(onTrip) });
    expect(await broken.confirmReset({ token })).toMatchObject({ status: 503 });
    expect(await change(joe.password, NEW_PASSWORD, broken)).toMatchObject({ status: 503 });
    expect([...namesOf(service), ...namesOf(broken)]).toEqual(['verify_email', 'reset_password']);
    expect(await sqlValue('SELECT count(*) FROM outbox')).toBe(0);
  });

  it('goes out once for two changes at the same time, of which one wins', async () => {
    const service = startAccounts();
    const { access } = await service.registerVerified();
    const body = { current_password: joe.password, new_password: NEW_PASSWORD };
    const change = () => service.post('/auth/password', body, { authorization: `Bearer ${access}` });
    const all = await Promise.all([change(), change(), change()]);
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(namesOf(service)).toEqual(['verify_email', 'password_changed']);
  });

  it('is not sent when it is not configured', async () => {
    const service = startAccounts({ env: { MAIL_NOTICES: 'account_deleted' } });
    await service.register();
    await service.askReset();
    await service.confirmReset({ token: tokenOf(service.letter('reset_password')) });
    expect(namesOf(service)).toEqual(['verify_email', 'reset_password']);
  });
});

describe('the notice that a session was revoked', () => {
  it('goes out once, after the reuse of a refresh token', async () => {
    const { reuse, letters, next, refresh } = await startReuse();
    expect(await reuse()).toMatchObject(invalid);
    expect(letters).toMatchObject([{ name: 'session_revoked', to: joe.email, proof: undefined }]);
    expect(await reuse()).toMatchObject(invalid);
    expect(await refresh(next.refresh)).toMatchObject(invalid);
    expect(letters).toHaveLength(1);
  });

  it('goes out once for fifty reuses at the same time', async () => {
    const { reuse, letters } = await startReuse();
    const all = await Promise.all(Array.from({ length: 50 }, reuse));
    expect(all.every(({ status }) => status === 401)).toBe(true);
    expect(letters.map(({ name }) => name)).toEqual(['session_revoked']);
  });

  it('does not go out for a refresh, a forgiven retry, a logout, or a token of nobody', async () => {
    const service = startAccounts();
    const { access, refresh: token } = tokensOf(await service.register());
    service.letters.length = 0;
    await service.refresh(token);
    await service.refresh(token);
    await service.refresh(`${token.slice(0, -1)}A`);
    await service.logOut(access);
    await service.refresh(token);
    expect(service.letters).toEqual([]);
  });

  it('is dropped when the database fails in between, and the session is revoked all the same', async () => {
    const { token, next, refresh, status, clock } = await startReuse();
    const onTrip = (statements: string[]) => void (statements.some((text) => text.includes('"outbox"')) && fail());
    const broken = startAccounts({ env: watchDatabase(onTrip), deps: { now: clock.now } });
    expect(await broken.post('/auth/refresh', { refresh_token: token }, { 'user-agent': 'thief' })).toMatchObject(
      invalid,
    );
    expect(broken.letters).toEqual([]);
    expect(await refresh(next.refresh)).toMatchObject(invalid);
    expect((await status(next.access)).status).toBe(401);
    expect(await sql('SELECT 1 FROM sessions WHERE revoked_at IS NULL')).toEqual([]);
  });

  it('is not sent when it is not configured', async () => {
    const { reuse, letters } = await startReuse({ env: { MAIL_NOTICES: '' } });
    expect(await reuse()).toMatchObject(invalid);
    expect(letters).toEqual([]);
  });
});

describe('the notice of a login from a new network', () => {
  const logInFrom = ({ post }: ReturnType<typeof startAccounts>, address: string, password = joe.password) =>
    post('/auth/login', { ...joe, password }, from(address));
  const startKnown = async (env: object) => {
    const service = startAccounts({ env });
    await service.post('/auth/register', joe, from(HOME));
    await service.verifyEmail({ token: tokenOf(service.letter('verify_email')) });
    service.letters.length = 0;
    return service;
  };

  it('is off by default', async () => {
    const service = await startKnown({});
    expect((await logInFrom(service, STRANGER)).status).toBe(200);
    expect(service.letters).toEqual([]);
  });

  it('goes out for the first login from a network, if it is configured', async () => {
    const service = await startKnown({ MAIL_NOTICES: 'new_network' });
    expect((await logInFrom(service, HOME)).status).toBe(200);
    expect(service.letters, 'where the account was registered').toEqual([]);
    expect((await logInFrom(service, STRANGER, 'wrong password')).status).toBe(404);
    expect(service.letters, 'a wrong password').toEqual([]);
    expect((await logInFrom(service, STRANGER)).status).toBe(200);
    expect((await logInFrom(service, STRANGER)).status).toBe(200);
    expect(service.letters).toMatchObject([{ name: 'new_network', to: joe.email, proof: undefined }]);
  });

  it('does not go out for a login that does not come out alive', async () => {
    const service = await startKnown({ MAIL_NOTICES: 'new_network' });
    await sql('UPDATE users SET disabled_at = 1');
    expect((await logInFrom(service, STRANGER)).status).toBe(404);
    expect(service.letters).toEqual([]);
    expect(await sqlValue('SELECT count(*) FROM outbox')).toBe(0);
  });
});

describe('the notice that the account was deleted', () => {
  const deleteWith = ({ call }: ReturnType<typeof startAccounts>, access: string, password: string) =>
    call('/auth/user', {
      method: 'DELETE',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${access}` },
      body: JSON.stringify({ password }),
    });

  it('goes to the address that the account had, once it is gone', async () => {
    const service = startAccounts();
    const { access } = await service.registerVerified();
    expect((await deleteWith(service, access, 'not the password')).status).toBe(403);
    expect(namesOf(service)).toEqual(['verify_email']);
    expect((await deleteWith(service, access, joe.password)).status).toBe(200);
    expect(await sql('SELECT 1 FROM users UNION ALL SELECT 1 FROM challenges')).toEqual([]);
    expect(service.letter('account_deleted')).toMatchObject({ to: joe.email, proof: undefined });
  });

  it('is sent by the cron when the database was down after the deletion', async () => {
    const service = startAccounts();
    const { access } = await service.registerVerified();
    const silent = startAccounts({ deps: { now: service.clock.now, afterResponse: () => undefined } });
    expect((await deleteWith(silent, access, joe.password)).status).toBe(200);
    expect(namesOf(service)).toEqual(['verify_email']);
    expect(await service.runMailCron()).toEqual({ tried: 1, outcomes: ['sent'] });
    expect(service.letter('account_deleted').to).toBe(joe.email);
  });
});

it('a notice goes to no address that is not verified, however often a stranger who has registered it does something', async () => {
  const service = startAccounts();
  let { access } = tokensOf(await service.register());
  const change = (current_password: string, new_password: string) =>
    service.post('/auth/password', { current_password, new_password }, bearer(access));
  const passwords = [joe.password, ...Array.from({ length: 11 }, (_, index) => `${NEW_PASSWORD} ${index}`)];
  for (const [index, next] of passwords.slice(1).entries()) {
    access = tokensOf(await change(passwords[index] ?? '', next)).access;
  }
  const deletion = await service.call('/auth/user', {
    method: 'DELETE',
    headers: { 'content-type': 'application/json', ...bearer(access) },
    body: JSON.stringify({ password: passwords.at(-1) }),
  });
  expect(deletion).toMatchObject({ status: 200 });
  expect(namesOf(service)).toEqual(['verify_email']);
});

it('a notice goes to the address that the account has at that moment, in its language', async () => {
  const { registerVerified, changeEmail, askReset, confirmReset, letter } = startAccounts();
  const { access } = await registerVerified();
  await sql("UPDATE users SET locale = 'de'");
  await changeEmail(access);
  await askReset(NEW_EMAIL);
  await confirmReset({ token: tokenOf(letter('reset_password')) });
  expect(letter('email_changed')).toMatchObject({ to: joe.email, locale: 'de' });
  expect(letter('password_changed')).toMatchObject({ to: NEW_EMAIL, locale: 'de' });
});

it('a mail is in the language of the account, or else of the request', async () => {
  const { call, post, letter } = startAccounts();
  await post('/auth/register', joe);
  const ask = (language: string) => post('/auth/password/reset', { email: joe.email }, { 'accept-language': language });
  await ask('de-AT, en;q=0.5');
  expect(letter('reset_password').locale).toBe('de');
  await sql("UPDATE users SET locale = 'en'");
  await ask('de');
  expect(letter('reset_password').locale).toBe('en');
  expect((await call('/health')).status).toBe(200);
});
