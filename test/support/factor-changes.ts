import { decodeJwt } from 'jose';
import { madeFor, openBrowser, optionsIn } from './browser.ts';
import type { Change, Prepared } from './change.ts';
import { dataOf, HOME, startFactors, textIn } from './factors.ts';
import { bearer, joe, tokensOf } from './service.ts';

type Service = ReturnType<typeof startFactors>;

/** As a `Change`, prepared with the service. */
type FactorChange = Omit<Change, 'prepare'> & { env?: object; prepare: (service: Service) => Promise<Prepared> };

const sessionOf = (access: string) => String(decodeJwt(access)['sid']);

const registered = async ({ post }: Service) => tokensOf(await post('/auth/register', joe, HOME)).access;

/** An offer of an app that `access` may confirm, or whoever has the challenge token in `fields`. */
async function offered({ post, codeOf }: Service, { access, fields = {} }: { access?: string; fields?: object }) {
  const headers = access === undefined ? HOME : bearer(access);
  const { secret, enrolment_token } = dataOf(await post('/auth/factors/totp', fields, headers));
  const confirmation = { enrolment_token, code: await codeOf(String(secret)), ...fields };
  return () => post('/auth/factors/totp/confirm', confirmation, headers);
}

/** Sets up a passkey for joe. */
async function withPasskey(service: Service) {
  const { post } = service;
  const access = await registered(service);
  const browser = await openBrowser();
  const made = await madeFor(browser, await post('/auth/factors/passkeys/options', {}, bearer(access)));
  return { access: textIn(await post('/auth/factors/passkeys', made, bearer(access)), 'auth_token'), browser };
}

/** Logs in by the passkey alone, whose counter is `counter`. */
async function logInByPasskey({ post }: Service, { use }: Awaited<ReturnType<typeof openBrowser>>, counter: number) {
  const options = dataOf(await post('/auth/login/passkey/options', {}, HOME));
  return post('/auth/login/passkey', { passkey: await use(options, { counter }) }, HOME);
}

const setUps: FactorChange[] = [
  {
    name: 'the set-up of a first app',
    events: [{ type: 'factor_added', data: { factor: 'totp' } }, { type: 'recovery_codes_made' }],
    prepare: async (service) => {
      const access = await registered(service);
      return { ask: await offered(service, { access }), sessionId: sessionOf(access) };
    },
  },
  {
    name: 'the set-up of an app that a login asks for',
    events: [
      { type: 'factor_added', data: { factor: 'totp' } },
      { type: 'recovery_codes_made' },
      { type: 'login', data: { amr: ['pwd', 'otp', 'mfa'] } },
    ],
    env: { SECOND_FACTOR: 'required' },
    prepare: async (service) => {
      const { body } = await service.post('/auth/register', joe, HOME);
      return { ask: await offered(service, { fields: { challenge_token: body['challenge_token'] } }) };
    },
  },
  {
    name: 'the set-up of another app',
    events: [{ type: 'factor_added', data: { factor: 'totp' } }],
    prepare: async (service) => {
      const { access } = await service.registerWithTotp();
      return { ask: await offered(service, { access }), sessionId: sessionOf(access) };
    },
  },
  {
    name: 'the set-up of a passkey',
    events: [
      { type: 'factor_added', data: /^\{"factor":"passkey","passkey_id":"[\w-]{43}"\}$/ },
      { type: 'recovery_codes_made' },
    ],
    answer: { status: 201 },
    prepare: async (service) => {
      const access = await registered(service);
      const options = await service.post('/auth/factors/passkeys/options', {}, bearer(access));
      const made = await madeFor(await openBrowser(), options);
      return { ask: () => service.post('/auth/factors/passkeys', made, bearer(access)), sessionId: sessionOf(access) };
    },
  },
  {
    name: 'another name of a passkey',
    events: [{ type: 'passkey_renamed', data: /^\{"passkey_id":"[\w-]{43}"\}$/ }],
    ofTwo: 2,
    prepare: async (service) => {
      const { access, browser } = await withPasskey(service);
      const headers = { 'content-type': 'application/json', ...bearer(access) };
      const init = { method: 'PATCH', headers, body: JSON.stringify({ name: 'Laptop' }) };
      return { ask: () => service.call(`/auth/factors/passkeys/${browser.id}`, init), sessionId: sessionOf(access) };
    },
  },
  {
    name: 'new recovery codes',
    events: [{ type: 'recovery_codes_made' }],
    ofTwo: 2,
    mayConflict: true,
    prepare: async (service) => {
      const { access } = await service.registerWithTotp();
      return { ask: () => service.replaceCodes(access), sessionId: sessionOf(access) };
    },
  },
  {
    name: 'a removal of an app',
    events: [{ type: 'factor_removed', data: /^\{"factor":"totp","new_session_id":"[\da-f-]{36}"\}$/ }],
    prepare: async (service) => {
      const { access } = await service.registerWithTotp();
      return { ask: () => service.remove(access, 'totp'), sessionId: sessionOf(access) };
    },
  },
  {
    name: 'a removal of a passkey',
    events: [
      {
        type: 'factor_removed',
        data: /^\{"factor":"passkey","passkey_id":"[\w-]{43}","new_session_id":"[\da-f-]{36}"\}$/,
      },
    ],
    prepare: async (service) => {
      const { access, browser } = await withPasskey(service);
      return { ask: () => service.remove(access, `passkeys/${browser.id}`), sessionId: sessionOf(access) };
    },
  },
];

const uses: FactorChange[] = [
  {
    name: 'a login with a code',
    events: [{ type: 'login', data: { amr: ['pwd', 'otp', 'mfa'] } }],
    prepare: async (service) => {
      const { secret } = await service.registerWithTotp();
      const fields = { challenge_token: await service.challenge(), code: await service.codeOf(secret) };
      return { ask: () => service.logInByFactor(fields) };
    },
  },
  {
    name: 'a login with a recovery code',
    events: [{ type: 'login', data: { amr: ['pwd', 'recovery', 'mfa'] } }, { type: 'recovery_code_used' }],
    prepare: async (service) => {
      const { codes } = await service.registerWithTotp();
      const fields = { challenge_token: await service.challenge(), recovery_code: codes[0] };
      return { ask: () => service.logInByFactor(fields) };
    },
  },
  {
    name: 'a login with a passkey after the password',
    events: [{ type: 'login', data: { amr: ['pwd', 'pop', 'user', 'mfa'] } }],
    prepare: async (service) => {
      const { browser } = await withPasskey(service);
      const asked = await service.logIn();
      const fields = {
        challenge_token: asked.body['challenge_token'],
        passkey: await browser.use(optionsIn(asked)),
      };
      return { ask: () => service.logInByFactor(fields) };
    },
  },
  {
    name: 'a login by a passkey alone',
    events: [{ type: 'login', data: { amr: ['pop', 'user', 'mfa'] } }],
    prepare: async (service) => {
      const { browser } = await withPasskey(service);
      const passkey = await browser.use(dataOf(await service.post('/auth/login/passkey/options', {}, HOME)));
      return { ask: () => service.post('/auth/login/passkey', { passkey }, HOME) };
    },
  },
  {
    name: 'another proof, by the password',
    events: [{ type: 'reauthenticated' }],
    ofTwo: 2,
    prepare: async (service) => {
      const access = await registered(service);
      return { ask: () => service.reauthenticate(access, { password: joe.password }), sessionId: sessionOf(access) };
    },
  },
  {
    name: 'another proof, by a code',
    events: [{ type: 'reauthenticated' }],
    prepare: async (service) => {
      const { access, secret } = await service.registerWithTotp();
      const proof = { code: await service.codeOf(secret) };
      return { ask: () => service.reauthenticate(access, proof), sessionId: sessionOf(access) };
    },
  },
  {
    name: 'another proof, by a recovery code',
    events: [{ type: 'reauthenticated' }, { type: 'recovery_code_used' }],
    prepare: async (service) => {
      const { access, codes } = await service.registerWithTotp();
      return {
        ask: () => service.reauthenticate(access, { recovery_code: codes[0] }),
        sessionId: sessionOf(access),
      };
    },
  },
  {
    name: 'a wrong code',
    events: [{ type: 'factor_failed', data: { factor: 'totp' } }],
    answer: { status: 403 },
    ofTwo: 2,
    prepare: async (service) => {
      const { secret } = await service.registerWithTotp();
      // Of a step that is long over.
      const fields = { challenge_token: await service.challenge(), code: await service.codeOf(secret, -100) };
      return { ask: () => service.logInByFactor(fields) };
    },
  },
  {
    name: 'a passkey whose counter went back',
    events: [{ type: 'passkey_cloned', data: /^\{"passkey_id":"[\w-]{43}"\}$/ }],
    answer: { status: 403 },
    ofTwo: 2,
    prepare: async (service) => {
      const { browser } = await withPasskey(service);
      await logInByPasskey(service, browser, 7);
      return { ask: () => logInByPasskey(service, browser, 6) };
    },
  },
];

/** The changes that users make of their second factors, and by them, each by a request of its own. */
export const factorChanges: Change[] = [...setUps, ...uses].map(({ env, prepare, ...change }) => ({
  ...change,
  prepare: () => prepare(startFactors(env === undefined ? {} : { env })),
}));
