import { decodeJwt } from 'jose';
import { keyIn } from './api-keys.ts';
import { startAccounts } from './accounts.ts';
import type { Change, Prepared } from './change.ts';
import { basic, client, hashOf } from './clients.ts';
import { sql } from './database.ts';
import { codeOf, tokenOf } from './mailbox.ts';
import { bearer, joe, tokensOf } from './service.ts';

type Accounts = ReturnType<typeof startChanging>;

/** As a `Change`, prepared with the service. */
type UserChange = Omit<Change, 'prepare'> & { env?: object; prepare: (service: Accounts) => Promise<Prepared> };

/** The service as `changes` need it. */
export const startChanging = (env: object = {}) =>
  startAccounts({ env: { OAUTH_CLIENTS: `${client.id}:${hashOf(client.secret)}`, ...env } });

const sessionOf = (access: string) => String(decodeJwt(access)['sid']);

const registered = async ({ register }: Accounts) => tokensOf(await register());

/** The tokens of joe, who has another session, whose id is `other`. */
async function twice({ register, logIn }: Accounts) {
  const other = sessionOf(tokensOf(await register()).access);
  return { ...tokensOf(await logIn()), other };
}

const revoke = ({ call }: Accounts, token: string) =>
  call('/oauth/revoke', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...basic() },
    body: new URLSearchParams({ token }).toString(),
  });

/** A refresh token that was used once, before the grace was over or long before. */
async function usedOnce(service: Accounts) {
  const { refresh, access } = await registered(service);
  await service.refresh(refresh);
  service.clock.pass(3600);
  return { refresh, sessionId: sessionOf(access) };
}

const userChanges: UserChange[] = [
  {
    name: 'a registration',
    events: [{ type: 'user_registered' }],
    answer: { status: 201 },
    prepare: async ({ register }) => ({ ask: () => register() }),
  },
  {
    name: 'a registration by mail',
    events: [{ type: 'user_registered' }],
    answer: { status: 201 },
    env: { REGISTRATION: 'confirm' },
    prepare: async ({ askRegistration, confirmRegistration, letter }) => {
      await askRegistration();
      const token = tokenOf(letter('register'));
      return { ask: () => confirmRegistration({ token }) };
    },
  },
  {
    name: 'a login',
    events: [{ type: 'login' }],
    ofTwo: 2,
    prepare: async (service) => {
      await registered(service);
      return { ask: () => service.logIn() };
    },
  },
  {
    name: 'a change of the password',
    events: [{ type: 'password_changed', data: /^\{"new_session_id":"[\da-f-]{36}"\}$/ }],
    prepare: async (service) => {
      const { access } = await twice(service);
      return { ask: () => service.changePassword(access), sessionId: sessionOf(access) };
    },
  },
  {
    name: 'a request to reset the password',
    events: [{ type: 'password_reset_asked' }],
    answer: { status: 202 },
    ofTwo: 2,
    prepare: async (service) => {
      await registered(service);
      return { ask: () => service.askReset() };
    },
  },
  {
    name: 'a reset of the password',
    events: [{ type: 'password_reset' }],
    prepare: async (service) => {
      await registered(service);
      await service.askReset();
      const token = tokenOf(service.letter('reset_password'));
      return { ask: () => service.confirmReset({ token }) };
    },
  },
  {
    name: 'a verification of the address',
    events: [{ type: 'email_verified' }],
    prepare: async (service) => {
      await registered(service);
      const token = tokenOf(service.letter('verify_email'));
      return { ask: () => service.verifyEmail({ token }) };
    },
  },
  {
    name: 'a verification of the address by code',
    events: [{ type: 'email_verified' }],
    prepare: async (service) => {
      const { access } = await registered(service);
      const code = codeOf(service.letter('verify_email'));
      return { ask: () => service.verifyEmail({ code }, access), sessionId: sessionOf(access) };
    },
  },
  {
    name: 'a change of the address',
    events: [{ type: 'email_changed' }],
    prepare: async (service) => {
      const { access } = await service.registerVerified();
      await service.askChange(access);
      const token = tokenOf(service.letter('change_email'));
      return { ask: () => service.confirmChange({ token }) };
    },
  },
  {
    name: 'an undo of a change of the address',
    events: [{ type: 'email_change_undone' }],
    prepare: async (service) => {
      const { access } = await service.registerVerified();
      await service.changeEmail(access);
      const token = tokenOf(service.letter('email_changed'));
      return { ask: () => service.undo(token) };
    },
  },
  {
    name: 'a deletion of the account',
    events: [{ type: 'sessions_revoked', data: { scope: 'all' } }, { type: 'user_deleted' }],
    prepare: async (service) => {
      const { access } = await twice(service);
      return { ask: () => service.deleteUser(access), sessionId: sessionOf(access) };
    },
  },
  {
    name: 'a logout',
    events: [{ type: 'logout' }],
    prepare: async (service) => {
      const { access } = await twice(service);
      return { ask: () => service.logOut(access), sessionId: sessionOf(access) };
    },
  },
  {
    name: 'a logout by refresh token',
    events: [{ type: 'logout' }],
    prepare: async (service) => {
      const { access, refresh } = await twice(service);
      return {
        ask: () => service.post('/auth/logout', { refresh_token: refresh }),
        sessionId: sessionOf(access),
      };
    },
  },
  {
    name: 'a revocation of an access token',
    events: [{ type: 'logout' }],
    prepare: async (service) => {
      const { access } = await twice(service);
      return { ask: () => revoke(service, access), sessionId: sessionOf(access) };
    },
  },
  {
    name: 'a revocation of a refresh token',
    events: [{ type: 'logout' }],
    prepare: async (service) => {
      const { access, refresh } = await twice(service);
      return { ask: () => revoke(service, refresh), sessionId: sessionOf(access) };
    },
  },
  {
    name: 'a logout of all sessions',
    events: [{ type: 'sessions_revoked', data: { scope: 'all' } }],
    prepare: async (service) => {
      const { access } = await twice(service);
      return { ask: () => service.logOut(access, 'all'), sessionId: sessionOf(access) };
    },
  },
  {
    name: 'a logout of the other sessions',
    events: [{ type: 'sessions_revoked', data: { scope: 'others' } }],
    prepare: async (service) => {
      const { access } = await twice(service);
      return { ask: () => service.logOut(access, 'others'), sessionId: sessionOf(access) };
    },
  },
  {
    name: 'an end of another session',
    events: [{ type: 'session_revoked' }],
    prepare: async (service) => {
      const { access, other } = await twice(service);
      const ask = () => service.call(`/auth/sessions/${other}`, { method: 'DELETE', headers: bearer(access) });
      return { ask, sessionId: other };
    },
  },
  {
    name: 'a new API key',
    events: [{ type: 'key_created', data: /^\{"key_id":"\w{16}"\}$/ }],
    answer: { status: 201 },
    ofTwo: 2,
    prepare: async (service) => {
      const { access } = await registered(service);
      const ask = () => service.post('/auth/keys', { name: 'a key' }, bearer(access));
      return { ask, sessionId: sessionOf(access) };
    },
  },
  {
    name: 'a revocation of an API key',
    events: [{ type: 'key_revoked', data: /^\{"key_id":"\w{16}"\}$/ }],
    answer: { body: { message: 'Key revoked.' } },
    again: { body: { message: 'Key revoked.' } },
    prepare: async (service) => {
      const { access } = await registered(service);
      const { id } = keyIn(await service.post('/auth/keys', { name: 'a key' }, bearer(access)));
      const ask = () => service.call(`/auth/keys/${id}`, { method: 'DELETE', headers: bearer(access) });
      return { ask, sessionId: sessionOf(access) };
    },
  },
  {
    name: 'a reuse of a refresh token',
    events: [{ type: 'refresh_token_reuse' }],
    answer: { status: 401 },
    prepare: async (service) => {
      const { refresh, sessionId } = await usedOnce(service);
      const ask = () => service.post('/auth/refresh', { refresh_token: refresh }, { 'user-agent': 'another' });
      return { ask, sessionId };
    },
  },
  {
    name: 'a late retry of a refresh',
    events: [{ type: 'refresh_token_late' }],
    prepare: async (service) => {
      const { refresh, sessionId } = await usedOnce(service);
      return { ask: () => service.refresh(refresh), sessionId };
    },
  },
  {
    name: 'a wrong password',
    events: [{ type: 'login_failed', data: { reason: 'wrong_password' } }],
    answer: { status: 404 },
    ofTwo: 2,
    prepare: async (service) => {
      await registered(service);
      return { ask: () => service.logIn({ ...joe, password: 'a wrong one' }) };
    },
  },
  {
    name: 'a login to a disabled account',
    events: [{ type: 'login_failed', data: { reason: 'disabled' } }],
    answer: { status: 404 },
    ofTwo: 2,
    prepare: async (service) => {
      await registered(service);
      await sql('UPDATE users SET disabled_at = 1');
      return { ask: () => service.logIn() };
    },
  },
  {
    name: 'a login that has to wait',
    events: [{ type: 'login_delayed' }],
    answer: { status: 404 },
    prepare: async (service) => {
      await registered(service);
      for (let guess = 0; guess < 10; guess += 1) await service.logIn({ ...joe, password: 'a wrong one' });
      return { ask: () => service.logIn() };
    },
  },
];

/** The changes that users make, each by a request of its own. */
export const changes: Change[] = userChanges.map(({ env, prepare, ...change }) => ({
  ...change,
  prepare: () => prepare(startChanging(env)),
}));
