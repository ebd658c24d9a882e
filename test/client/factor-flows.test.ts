import { decodeJwt } from 'jose';
import type { Latchkey, LatchkeyError, LoginChallenge } from 'latchkey-client';
import { createAdmin } from 'latchkey-client/admin';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { decodeBase32 } from '../../src/crypto/base32.ts';
import { TOTP_STEP_SECONDS, totpCode } from '../../src/crypto/totp.ts';
import { startBrowser } from '../support/page-passkeys.ts';
import { lose, sharedStore, startNetwork, URL_OF_SERVICE as url } from '../support/client.ts';
import { operatorToken } from '../support/operator.ts';
import { joe, startClock } from '../support/service.ts';

const PASSKEYS = 'POST /auth/factors/passkeys';

afterEach(() => void vi.unstubAllGlobals());

/** The service under a clock, and a page that nobody is logged in to. */
function start(bindings: object = {}) {
  const clock = startClock();
  const network = startNetwork({ now: clock.now }, bindings);
  const store = sharedStore();
  /** The code that an app shows for `secret` in the step that begins now. */
  const nextCode = (secret: string) => {
    clock.pass(TOTP_STEP_SECONDS);
    const step = Math.floor(clock.now().getTime() / 1000 / TOTP_STEP_SECONDS);
    return totpCode(decodeBase32(secret) ?? new Uint8Array(), step);
  };
  return { ...network, clock, store, nextCode, latchkey: network.open(store) };
}

/** The same, with Joe logged in, who has an app. */
async function startWithApp() {
  const started = start();
  const { latchkey, nextCode, paths } = started;
  await latchkey.register(joe);
  const { secret, enrolmentToken } = await latchkey.beginTotp();
  const { recoveryCodes = [] } = await latchkey.confirmTotp({ enrolmentToken, code: await nextCode(secret) });
  paths.length = 0;
  return { ...started, secret, recoveryCodes };
}

/** What a login, or a registration, goes on with. */
const challengeOf = (attempt: Promise<void>): Promise<LoginChallenge> =>
  attempt.then(
    () => expect.unreachable(),
    (error: LatchkeyError) => error.challenge ?? expect.unreachable(),
  );

const claimsOf = async (latchkey: Latchkey) => decodeJwt((await latchkey.accessToken()) ?? '');

describe('a user with an app', () => {
  it('has ten recovery codes, and goes on in the same session', async () => {
    const { latchkey, recoveryCodes, count } = await startWithApp();
    expect(recoveryCodes).toHaveLength(10);
    expect(await claimsOf(latchkey)).toMatchObject({ acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] });
    expect(await latchkey.factors()).toEqual({
      totp: { added_on: expect.any(String), last_used_on: null },
      passkeys: [],
      recovery_codes: { left: 10, made_on: expect.any(String) },
      required: false,
    });
    expect(count('POST /auth/refresh')).toBe(0);
  });

  it('logs in with the password and a code', async () => {
    const { secret, nextCode, open } = await startWithApp();
    const page = open();
    const challenge = await challengeOf(page.logIn(joe));
    expect(challenge).toMatchObject({ methods: ['totp', 'recovery_code'], passkeyOptions: undefined });
    expect(await page.user()).toBeUndefined();
    const code = await nextCode(secret);
    await page.logInWithFactor(challenge, { code });
    expect((await page.user())?.email).toBe(joe.email);
    expect(await claimsOf(page)).toMatchObject({ acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] });
    const used = page.logInWithFactor(challenge, { code: await nextCode(secret) });
    await expect(used).rejects.toMatchObject({ code: 'invalid_challenge_token', status: 400 });
    const again = await challengeOf(open().logIn(joe));
    await expect(open().logInWithFactor(again, { code })).rejects.toMatchObject({ code: 'wrong_factor', status: 403 });
  });

  it('logs in with a recovery code, which works once', async () => {
    const { recoveryCodes, open } = await startWithApp();
    const [recoveryCode = ''] = recoveryCodes;
    const page = open();
    await page.logInWithFactor(await challengeOf(page.logIn(joe)), { recoveryCode });
    expect(await page.factors()).toMatchObject({ recovery_codes: { left: 9 } });
    const again = await challengeOf(open().logIn(joe));
    await expect(open().logInWithFactor(again, { recoveryCode })).rejects.toMatchObject({ code: 'wrong_factor' });
  });

  it('is told when a login was perhaps completed, and logs in anew', async () => {
    const { secret, nextCode, open, meet } = await startWithApp();
    const page = open();
    const challenge = await challengeOf(page.logIn(joe));
    const code = await nextCode(secret);
    meet((_, ask) => lose(ask));
    await expect(page.logInWithFactor(challenge, { code })).rejects.toMatchObject({ code: 'unreachable' });
    await page.logInWithFactor(await challengeOf(page.logIn(joe)), { code: await nextCode(secret) });
    expect((await page.user())?.email).toBe(joe.email);
  });

  it('gets other recovery codes, and the page notices nothing', async () => {
    const { latchkey, recoveryCodes } = await startWithApp();
    const codes = await latchkey.replaceRecoveryCodes();
    expect(codes).toHaveLength(10);
    expect(codes.some((code) => recoveryCodes.includes(code))).toBe(false);
    expect((await latchkey.user())?.email).toBe(joe.email);
  });

  it('removes it: all sessions end, and the page and its tabs go on in a new one', async () => {
    const { latchkey, secret, nextCode, open, store } = await startWithApp();
    const [there, elsewhere] = [open(store), open()];
    await elsewhere.logInWithFactor(await challengeOf(elsewhere.logIn(joe)), { code: await nextCode(secret) });
    await latchkey.removeTotp();
    expect(await elsewhere.user()).toBeUndefined();
    for (const tab of [latchkey, there]) expect((await tab.user())?.email).toBe(joe.email);
    expect(await latchkey.factors()).toEqual({ totp: null, passkeys: [], recovery_codes: null, required: false });
    await open().logIn(joe);
    await expect(latchkey.removeTotp()).rejects.toMatchObject({ code: 'unknown_factor', status: 404 });
  });
});

describe('a user who has not authenticated for ten minutes', () => {
  it('proves it again with a code, and the call works', async () => {
    const { latchkey, secret, nextCode, clock, paths } = await startWithApp();
    clock.pass(601);
    await expect(latchkey.replaceRecoveryCodes()).rejects.toMatchObject({
      code: 'insufficient_user_authentication',
      maxAgeSeconds: 600,
      acrValues: 'aal2',
    });
    await expect(latchkey.reauthenticate({ password: joe.password })).rejects.toMatchObject({
      code: 'second_factor_required',
      challenge: undefined,
    });
    await latchkey.reauthenticate({ code: await nextCode(secret) });
    expect(await latchkey.replaceRecoveryCodes()).toHaveLength(10);
    expect(paths).not.toContain('POST /auth/refresh');
  });

  it('proves it with the password where that is all there is', async () => {
    const { latchkey, clock } = start();
    await latchkey.register(joe);
    clock.pass(601);
    const stale = { code: 'insufficient_user_authentication', maxAgeSeconds: 600, acrValues: undefined };
    await expect(latchkey.beginTotp()).rejects.toMatchObject(stale);
    await latchkey.reauthenticate({ password: joe.password });
    expect(await latchkey.beginTotp()).toMatchObject({ otpauthUri: expect.stringMatching(/^otpauth:/) });
  });

  it('cannot prove it with a wrong password', async () => {
    const { latchkey } = start();
    await latchkey.register(joe);
    const attempt = latchkey.reauthenticate({ password: 'wrong horse' });
    await expect(attempt).rejects.toMatchObject({ code: 'wrong_password', status: 403 });
    expect((await latchkey.user())?.email).toBe(joe.email);
  });
});

describe('a user with a passkey', () => {
  async function startWithPasskey() {
    const browser = startBrowser();
    const started = start();
    await started.latchkey.register(joe);
    const { passkey, recoveryCodes } = await started.latchkey.addPasskey({ name: 'Phone' });
    started.paths.length = 0;
    return { ...started, ...browser, passkey, recoveryCodes };
  }

  it('has recovery codes, and goes on in the same session', async () => {
    const { latchkey, passkey, recoveryCodes, count } = await startWithPasskey();
    expect(recoveryCodes).toHaveLength(10);
    expect(await claimsOf(latchkey)).toMatchObject({ acr: 'aal2', amr: ['pwd', 'pop', 'user', 'mfa'] });
    const { passkeys } = await latchkey.factors();
    expect(passkeys).toMatchObject([{ id: passkey.id, name: 'Phone', last_used_on: null, backed_up: true }]);
    expect(count('POST /auth/refresh')).toBe(0);
  });

  it.each([false, true])('logs in without address and password, in a form: %s', async (conditional) => {
    const { open } = await startWithPasskey();
    const page = open();
    await page.logInWithPasskey({ conditional });
    expect((await page.user())?.email).toBe(joe.email);
    expect(await claimsOf(page)).toMatchObject({ acr: 'aal2', amr: ['pop', 'user', 'mfa'] });
  });

  it('logs in with it after the password, and proves with it who is logged in', async () => {
    const { open, clock } = await startWithPasskey();
    const page = open();
    const challenge = await challengeOf(page.logIn(joe));
    expect(challenge.methods).toEqual(['passkey', 'recovery_code']);
    await page.logInWithFactor(challenge, { passkey: true });
    const { auth_time: before } = await claimsOf(page);
    clock.pass(601);
    await page.reauthenticate({ passkey: true });
    expect(await claimsOf(page)).toMatchObject({ auth_time: Number(before) + 601, acr: 'aal2' });
    await page.renamePasskey((await page.factors()).passkeys[0]?.id ?? '', { name: 'Old phone' });
    expect((await page.factors()).passkeys).toMatchObject([{ name: 'Old phone' }]);
  });

  it('cannot add it twice, and is told when it was perhaps added', async () => {
    const { latchkey, held, meet, count } = await startWithPasskey();
    await expect(latchkey.addPasskey()).rejects.toMatchObject({ code: 'passkey_taken' });
    held.length = 0;
    meet(
      () => undefined,
      (_, ask) => lose(ask),
    );
    await expect(latchkey.addPasskey({ name: 'Key' })).rejects.toMatchObject({ code: 'unreachable' });
    expect(count(PASSKEYS)).toBeGreaterThan(1);
    const { passkeys } = await latchkey.factors();
    expect(passkeys.map(({ name }) => name).toSorted()).toEqual(['Key', 'Phone']);
  });

  it('removes it: the login by it is over, and the page goes on', async () => {
    const { latchkey, open, passkey } = await startWithPasskey();
    const elsewhere = open();
    await elsewhere.logInWithPasskey();
    await latchkey.removePasskey(passkey.id);
    expect(await elsewhere.user()).toBeUndefined();
    expect((await latchkey.user())?.email).toBe(joe.email);
    await expect(elsewhere.logInWithPasskey()).rejects.toMatchObject({ code: 'wrong_factor' });
    await expect(latchkey.removePasskey(passkey.id)).rejects.toMatchObject({ code: 'unknown_passkey' });
  });
});

describe('where everybody needs a second factor', () => {
  it('a registration makes the account, and an app logs it in', async () => {
    const { latchkey, nextCode } = start({ SECOND_FACTOR: 'required' });
    const challenge = await challengeOf(latchkey.register(joe));
    expect(challenge.methods).toEqual(['totp', 'passkey']);
    expect(await latchkey.user()).toBeUndefined();
    const { secret, enrolmentToken } = await latchkey.beginTotp(challenge);
    const confirmation = { enrolmentToken, code: await nextCode(secret) };
    expect((await latchkey.confirmTotp(confirmation, challenge)).recoveryCodes).toHaveLength(10);
    expect((await latchkey.user())?.email).toBe(joe.email);
    expect(await latchkey.factors()).toMatchObject({ required: true });
    await expect(latchkey.removeTotp()).rejects.toMatchObject({ code: 'last_factor', status: 409 });
  });

  it('a login of somebody without one ends with a passkey', async () => {
    startBrowser();
    const { latchkey, open } = start({ SECOND_FACTOR: 'required' });
    await challengeOf(latchkey.register(joe));
    const page = open();
    const challenge = await challengeOf(page.logIn(joe));
    await page.addPasskey({ name: 'Phone' }, challenge);
    expect((await page.user())?.email).toBe(joe.email);
    await latchkey.logInWithPasskey();
    expect((await latchkey.user())?.email).toBe(joe.email);
  });
});

it('an administrator in a page proves again who it is before users are administered', async () => {
  const { latchkey, fetch, clock, paths } = start();
  await latchkey.register(joe);
  const id = (await latchkey.user())?.user_id ?? '';
  await createAdmin({ url, fetch, token: () => operatorToken() }).users.change(id, { admin: true });
  const { users } = createAdmin({ url, fetch: latchkey.fetch });
  await users.find();
  clock.pass(601);
  paths.length = 0;
  const stale = { code: 'insufficient_user_authentication', maxAgeSeconds: 600, acrValues: undefined };
  await expect(users.find()).rejects.toMatchObject(stale);
  await latchkey.reauthenticate({ password: joe.password });
  expect((await users.find()).users).toMatchObject([{ email: joe.email, second_factor: false }]);
  expect(paths).toEqual(['GET /admin/users', 'POST /auth/reauthenticate', 'GET /admin/users']);
});

it('an operator removes the factors of a user who has lost them', async () => {
  const { latchkey, fetch, open } = await startWithApp();
  const { users } = createAdmin({ url, fetch, token: () => operatorToken() });
  const id = (await latchkey.user())?.user_id ?? '';
  const factors = { totp: true, passkeys: 0, recovery_codes: 10 };
  expect((await users.get(id)).user).toMatchObject({ second_factor: true, factors });
  expect(await users.removeFactors(id)).toMatchObject({ sessionsRevoked: 1 });
  expect(await users.findByAddress(joe.email)).toMatchObject({ second_factor: false });
  expect(await latchkey.user()).toBeUndefined();
  const page = open();
  await page.logIn(joe);
  expect((await page.user())?.email).toBe(joe.email);
});
