import { beforeEach, describe, expect, it } from 'vitest';
import { type Accounts, refusedProof, startAccounts } from '../../support/accounts.ts';
import { client, startClients } from '../../support/clients.ts';
import { sql } from '../../support/database.ts';
import { codeOf, tokenOf } from '../../support/mailbox.ts';
import { bearer, joe } from '../../support/service.ts';

const WANTED = 'wanted@example.org';
const JANE = 'jane@gmail.com';

/** Each route that takes a mailed token, and the purpose of those that it takes. */
const routes: [path: string, purpose: string, rest: object][] = [
  ['/auth/register/confirm', 'register', { password: 'a new pass phrase' }],
  ['/auth/email/verify', 'verify_email', {}],
  ['/auth/password/reset/confirm', 'reset_password', { new_password: 'a new pass phrase' }],
  ['/auth/email/confirm', 'change_email', {}],
  ['/auth/email/undo', 'undo_email', {}],
];

let service: Accounts;
/** One token of every kind that the service issues, all of them in force. */
let tokens: Record<string, string>;

beforeEach(async () => {
  service = startAccounts();
  const { registerVerified, changeEmail, askVerification, askReset, askChange, letter, clock } = service;
  const { access, refresh } = await registerVerified();
  await changeEmail(access, JANE);
  clock.pass(1);
  await askVerification(access);
  await askReset(JANE);
  await askChange(access, WANTED);
  const confirming = startAccounts({ env: { REGISTRATION: 'confirm' }, deps: { now: clock.now } });
  await confirming.askRegistration('new@example.org');
  tokens = {
    register: tokenOf(confirming.letter('register')),
    verify_email: tokenOf(letter('verify_email', JANE)),
    reset_password: tokenOf(letter('reset_password', JANE)),
    change_email: tokenOf(letter('change_email', WANTED)),
    undo_email: tokenOf(letter('email_changed', joe.email)),
    access,
    refresh,
    'a code': codeOf(letter('reset_password', JANE)),
  };
});

/** Everything that a redemption could change. */
const state = async () =>
  Promise.all([
    sql('SELECT * FROM users ORDER BY id'),
    sql('SELECT id, redemption, attempts FROM challenges ORDER BY id'),
    sql('SELECT id, revoked_at, generation FROM sessions ORDER BY id'),
  ]);

describe.each(routes)('%s', (path, purpose, rest) => {
  it(`takes no other token than those for ${purpose}`, async () => {
    const before = await state();
    for (const [kind, token] of Object.entries(tokens).filter(([kind]) => kind !== purpose)) {
      expect(await service.post(path, { token, ...rest }), kind).toMatchObject(refusedProof);
      expect(await service.post(path, { token, ...rest }, bearer(tokens['access'])), kind).toMatchObject(refusedProof);
    }
    expect(await state()).toEqual(before);
    const { status } = await service.post(path, { token: tokens[purpose], ...rest });
    expect(status, 'its own').toBe(purpose === 'register' ? 201 : 200);
  });
});

const purposes = routes.map(([, purpose]) => purpose);

it.each(purposes)('a token for %s is neither an access token nor a refresh token', async (purpose) => {
  const token = tokens[purpose];
  const before = await state();
  for (const path of ['/auth/status', '/auth/verify', '/auth/sessions'])
    expect((await service.call(path, { headers: bearer(token) })).status, path).toBe(401);
  for (const path of ['/auth/logout', '/auth/email/verification'])
    expect((await service.call(path, { method: 'POST', headers: bearer(token) })).status, path).toBe(401);
  expect(await service.refresh(token)).toMatchObject({ status: 401, body: { code: 'invalid_refresh_token' } });
  expect(await service.refresh(token?.replace('.', '.0.'))).toMatchObject({ status: 401 });
  const clients = startClients();
  expect((await clients.introspect({ token: token ?? '' })).body).toEqual({ active: false });
  expect(await clients.revoke({ token: token ?? '', client_id: client.id })).toMatchObject({ status: 200 });
  expect(await state()).toEqual(before);
});

describe('a scanner of mails', () => {
  it('that opens every link changes nothing', async () => {
    const before = await state();
    for (const page of ['register', 'verify', 'reset', 'confirm', 'undo']) {
      for (const method of ['GET', 'HEAD']) {
        const query = new URLSearchParams({ lang: 'de', token: tokens['reset_password'] ?? '' });
        expect((await service.call(`/account/${page}?${query.toString()}`, { method })).status).toBe(200);
      }
    }
    for (const [path] of routes) expect((await service.call(path)).status).toBe(405);
    expect(await state()).toEqual(before);
  });

  it('that presses every button logs nobody in', async () => {
    for (const [path, purpose, rest] of routes.slice(1)) {
      const { body, headers } = await service.post(path, { token: tokens[purpose], ...rest });
      expect(body).not.toHaveProperty('auth_token');
      expect(headers.get('set-cookie')).toBeNull();
    }
  });

  it('that sends wrong things to every route locks nobody out', async () => {
    for (const [path, purpose, rest] of routes) {
      const token = tokens[purpose] ?? '';
      for (const wrong of ['', ' ', token.slice(1), `${token}A`, 'a'.repeat(4000), '\0', null, 1, [token]]) {
        expect((await service.post(path, { token: wrong, ...rest })).status).toBe(400);
      }
      expect((await service.post(path, '', {})).status).toBe(400);
      expect((await service.post(path, 'token=a', { 'content-type': 'text/plain' })).status).toBe(415);
    }
    expect((await service.logIn({ ...joe, email: JANE })).status).toBe(200);
    for (const [path, purpose, rest] of [routes[0], routes[1], routes[4]].flatMap((route) => (route ? [route] : [])))
      expect((await service.post(path, { token: tokens[purpose], ...rest })).status).toBeLessThan(300);
  });
});
