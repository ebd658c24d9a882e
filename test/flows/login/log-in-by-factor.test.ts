import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { atOnce } from '../../support/accounts.ts';
import { sql, sqlValue } from '../../support/database.ts';
import {
  ABROAD,
  HOME,
  invalidChallengeToken,
  secondFactorRequired,
  startFactors,
  textIn,
  wrongFactor,
} from '../../support/factors.ts';
import { bearer, joe, newPassword, tokensOf } from '../../support/service.ts';
import { beforeTrip, watchDatabase } from '../../support/storage.ts';

const countSessions = () => sqlValue('SELECT count(*) FROM sessions');

describe('a login to an account with a second factor', () => {
  it('begins no session with the password alone', async () => {
    const { registerWithTotp, logIn } = startFactors();
    await registerWithTotp();
    const before = await countSessions();
    const response = await logIn();
    expect(response).toMatchObject(secondFactorRequired);
    expect(response.body).toEqual({
      status: 'fail',
      code: 'second_factor_required',
      message: 'The account has a second factor. Send that too.',
      request_id: expect.any(String),
      challenge_token: expect.stringMatching(/^[\w-]+\.[\w-]{43}$/),
      expires_in: 600,
      methods: ['totp', 'recovery_code'],
      passkey_options: null,
    });
    expect(await countSessions()).toBe(before);
    expect(await sql('SELECT * FROM operator_tokens')).toEqual([]);
  });

  it('begins one with a code too, which says so', async () => {
    const { registerWithTotp, challenge, logInByFactor, codeOf, clock, refresh } = startFactors();
    const { secret } = await registerWithTotp();
    const done = await logInByFactor({ challenge_token: await challenge(), code: await codeOf(secret) });
    const said = {
      acr: 'aal2',
      amr: ['pwd', 'otp', 'mfa'],
      auth_time: Math.floor(clock.now().getTime() / 1000),
    };
    expect(decodeJwt(tokensOf(done).access)).toMatchObject(said);
    clock.pass(120);
    expect(decodeJwt(tokensOf(await refresh(tokensOf(done).refresh)).access)).toMatchObject(said);
  });

  it('tells whoever does not know the password nothing of the factor', async () => {
    const { registerWithTotp, register, post } = startFactors();
    await registerWithTotp();
    await register({ email: 'jane@gmail.com', password: 'seven honest herons' });
    const guess = async (email: string) => {
      const { status, body } = await post('/auth/login', { email, password: 'wrong password' }, HOME);
      const { request_id: _, ...rest } = body;
      return { status, rest };
    };
    const known = await guess(joe.email);
    expect(known).toMatchObject({ status: 404, rest: { code: 'invalid_credentials' } });
    expect(await guess('jane@gmail.com')).toEqual(known);
    expect(await guess('nobody@gmail.com')).toEqual(known);
  });
});

describe('a challenge token', () => {
  it('is no access token, no refresh token and no mailed token', async () => {
    const { registerWithTotp, challenge, call, post, refresh, verify, status } = startFactors();
    await registerWithTotp();
    const token = await challenge();
    expect(await status(token)).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
    expect(await verify(token)).toMatchObject({ status: 401 });
    expect(await refresh(token)).toMatchObject({ status: 401, body: { code: 'invalid_refresh_token' } });
    expect(await call('/admin/users', { headers: bearer(token) })).toMatchObject({ status: 401 });
    const reset = { token, new_password: newPassword };
    expect(await post('/auth/password/reset/confirm', reset)).toMatchObject({ body: { code: 'invalid_challenge' } });
    expect(await post('/auth/factors/totp', { challenge_token: token })).toMatchObject(invalidChallengeToken);
  });

  it('is valid for ten minutes', async () => {
    const { registerWithTotp, challenge, logInByFactor, codeOf, clock } = startFactors();
    const { secret } = await registerWithTotp();
    const [first, second] = [await challenge(), await challenge()];
    clock.pass(599);
    expect(await logInByFactor({ challenge_token: first, code: await codeOf(secret) })).toMatchObject({ status: 200 });
    clock.pass(31);
    expect(await logInByFactor({ challenge_token: second, code: await codeOf(secret) })).toMatchObject(
      invalidChallengeToken,
    );
  });

  it('works from the network alone that has got it', async () => {
    const { registerWithTotp, challenge, logInByFactor, codeOf } = startFactors();
    const { secret } = await registerWithTotp();
    const fields = { challenge_token: await challenge(HOME), code: await codeOf(secret) };
    expect(await logInByFactor(fields, ABROAD)).toMatchObject(invalidChallengeToken);
    expect(await logInByFactor(fields, HOME)).toMatchObject({ status: 200 });
  });

  it('works once, at the same time too', async () => {
    const { registerWithTotp, challenge, logInByFactor, codeOf } = startFactors();
    const { secret, codes } = await registerWithTotp();
    const token = await challenge();
    const before = Number(await countSessions());
    const done = await atOnce(8, async (i) =>
      logInByFactor({
        challenge_token: token,
        ...(i === 0 ? { code: await codeOf(secret) } : { recovery_code: codes[i] }),
      }),
    );
    expect(done.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await countSessions()).toBe(before + 1);
    const code = await codeOf(secret, 1);
    expect(await logInByFactor({ challenge_token: token, code })).toMatchObject(invalidChallengeToken);
  });

  it.each([
    ['a change of the password', async ({ changePassword }: Service, access: string) => changePassword(access)],
    ['a logout of all', async ({ logOut }: Service, access: string) => logOut(access, 'all')],
    ['a change of the factors', async ({ replaceCodes }: Service, access: string) => replaceCodes(access)],
  ])('ends with %s', async (_, change) => {
    const service = startFactors();
    const { registerWithTotp, challenge, logInByFactor, codeOf } = service;
    const { secret, access } = await registerWithTotp();
    const token = await challenge();
    expect(await change(service, access)).toMatchObject({ status: 200 });
    expect(await logInByFactor({ challenge_token: token, code: await codeOf(secret) })).toMatchObject(
      invalidChallengeToken,
    );
  });

  it('that is over tells nothing of a code', async () => {
    const { registerWithTotp, challenge, logInByFactor, codeOf, changePassword } = startFactors();
    const { secret, access, codes } = await registerWithTotp();
    const token = await challenge();
    expect(await changePassword(access)).toMatchObject({ status: 200 });
    for (const proof of [{ code: await codeOf(secret) }, { code: '000000' }, { recovery_code: codes[0] }])
      expect(await logInByFactor({ challenge_token: token, ...proof })).toMatchObject(invalidChallengeToken);
    expect(await logInByFactor({ challenge_token: token, recovery_code: 'AAAA-AAAA-AAAA-AAAA' })).toMatchObject(
      invalidChallengeToken,
    );
  });

  it('ends with the account and when it is disabled', async () => {
    const { registerWithTotp, challenge, logInByFactor, codeOf } = startFactors();
    const { secret } = await registerWithTotp();
    const token = await challenge();
    await sql('UPDATE users SET disabled_at = 1');
    const attempt = async () => logInByFactor({ challenge_token: token, code: await codeOf(secret) });
    expect(await attempt()).not.toMatchObject({ status: 200 });
    await sql('DELETE FROM users');
    expect(await attempt()).toMatchObject(wrongFactor);
    expect(await countSessions()).toBe(0);
  });

  it('begins nothing for an account that is disabled while the code is checked', async () => {
    const { registerWithTotp, challenge, clock } = startFactors();
    const { codes } = await registerWithTotp();
    const token = await challenge();
    const before = await countSessions();
    const disable = beforeTrip(2, () => sql('UPDATE users SET disabled_at = 1'));
    const { logInByFactor } = startFactors({ env: () => watchDatabase(disable), deps: { now: clock.now } });
    const fields = { challenge_token: token, recovery_code: codes[0] };
    expect(await logInByFactor(fields)).toMatchObject(invalidChallengeToken);
    expect(await countSessions()).toBe(before);
    expect(await sqlValue('SELECT count(*) FROM recovery_codes')).toBe(10);
  });

  it.each([
    ['a changed byte', (token: string) => `${token.slice(0, 20)}${token[20] === 'A' ? 'B' : 'A'}${token.slice(21)}`],
    ['no MAC', (token: string) => token.split('.')[0] ?? ''],
    ['nothing in it', () => ''],
    ['a space behind it', (token: string) => `${token} `],
    ['another length', (token: string) => `${'A'.repeat(2000)}${token}`],
  ])('is refused with %s', async (_, change) => {
    const { registerWithTotp, challenge, logInByFactor, codeOf } = startFactors();
    const { secret } = await registerWithTotp();
    const fields = { challenge_token: change(await challenge()), code: await codeOf(secret) };
    expect(await logInByFactor(fields)).toMatchObject(invalidChallengeToken);
  });

  it.each([
    ['no factor', {}],
    ['two factors', { code: '123456', recovery_code: 'AAAA-AAAA-AAAA-AAAA' }],
    ['a code that is a number', { code: 123_456 }],
    ['a code of seven digits', { code: '1234567' }],
    ['a passkey that is text', { passkey: 'x' }],
  ])('needs one factor, and not %s', async (_, fields) => {
    const { registerWithTotp, challenge, logInByFactor } = startFactors();
    await registerWithTotp();
    const response = await logInByFactor({ challenge_token: await challenge(), ...fields });
    expect(response).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });
});

describe('wrong codes', () => {
  it('count as wrong passwords do: ten from one network, and then a wait', async () => {
    const { registerWithTotp, challenge, logInByFactor, codeOf, clock } = startFactors();
    const { secret } = await registerWithTotp();
    const token = await challenge();
    for (let times = 0; times < 9; times += 1)
      expect(await logInByFactor({ challenge_token: token, code: '000000' })).toMatchObject(wrongFactor);
    // With the right password, these were ten attempts. The next one has to wait.
    const right = async () => logInByFactor({ challenge_token: token, code: await codeOf(secret) });
    expect(await right()).toMatchObject(wrongFactor);
    expect(await sqlValue("SELECT count(*) FROM events WHERE type = 'login_delayed'")).toBe(1);
    clock.pass(61);
    expect(await right()).toMatchObject({ status: 200 });
  });

  it('are not forgotten because somebody knows the password', async () => {
    const { registerWithTotp, challenge, logIn, logInByFactor } = startFactors();
    await registerWithTotp();
    for (let times = 0; times < 5; times += 1)
      expect(await logInByFactor({ challenge_token: await challenge(), code: '000000' })).toMatchObject(wrongFactor);
    expect(await logIn()).toMatchObject({ status: 404, body: { code: 'invalid_credentials' } });
  });

  it('from many networks wait too, save where the account is known', async () => {
    const { registerWithTotp, challenge, logInByFactor, codeOf } = startFactors();
    const { secret } = await registerWithTotp();
    const from = (number: number) => ({ 'CF-Connecting-IP': `198.51.100.${number}` });
    const guess = async (number: number, code: string) =>
      logInByFactor({ challenge_token: await challenge(from(number)), code }, from(number));
    for (let number = 1; number <= 10; number += 1) expect(await guess(number, '000000')).toMatchObject(wrongFactor);
    expect(await guess(11, await codeOf(secret))).toMatchObject(wrongFactor);
    const [wait] = await sql(
      "SELECT retry_at - (forgotten_at - 36000000) AS ms FROM login_attempts WHERE key LIKE '%.codes'",
    );
    expect(wait).toEqual({ ms: 60_000 });
    const home = { challenge_token: await challenge(), code: await codeOf(secret) };
    expect(await logInByFactor(home)).toMatchObject({ status: 200 });
  });

  it('of an app keep nobody from a recovery code at another network', async () => {
    const { registerWithTotp, challenge, logInByFactor } = startFactors();
    const { codes } = await registerWithTotp();
    const from = (number: number) => ({ 'CF-Connecting-IP': `198.51.100.${number}` });
    for (let number = 1; number <= 12; number += 1) {
      const guess = { challenge_token: await challenge(from(number)), code: '000000' };
      expect(await logInByFactor(guess, from(number))).toMatchObject(wrongFactor);
    }
    const right = { challenge_token: await challenge(from(13)), recovery_code: codes[0] };
    expect(await logInByFactor(right, from(13))).toMatchObject({ status: 200 });
  });

  it('are forgotten by a right one', async () => {
    const { registerWithTotp, challenge, logInByFactor, codeOf } = startFactors();
    const { secret } = await registerWithTotp();
    const token = await challenge();
    for (let times = 0; times < 5; times += 1) await logInByFactor({ challenge_token: token, code: '000000' });
    expect(await logInByFactor({ challenge_token: token, code: await codeOf(secret) })).toMatchObject({ status: 200 });
    expect(await sql('SELECT * FROM login_attempts WHERE forgotten_at > retry_at + 1')).toEqual([]);
  });

  it('are events', async () => {
    const { registerWithTotp, challenge, logInByFactor } = startFactors();
    await registerWithTotp();
    const token = await challenge();
    await logInByFactor({ challenge_token: token, code: '000000' });
    await logInByFactor({ challenge_token: token, recovery_code: 'AAAA-AAAA-AAAA-AAAA' });
    const data = await sql("SELECT data FROM events WHERE type = 'factor_failed' ORDER BY id");
    expect(data).toEqual([{ data: '{"factor":"totp"}' }, { data: '{"factor":"recovery_code"}' }]);
  });
});

describe('a hash whose parameters are not those in force', () => {
  it('is replaced by a login that still waits for its second factor', async () => {
    const { registerWithTotp } = startFactors();
    await registerWithTotp();
    const before = await sqlValue('SELECT password_hash FROM users');
    const service = startFactors({ env: { PBKDF2_ITERATIONS: '2000' } });
    expect(await service.logIn()).toMatchObject(secondFactorRequired);
    const after = await sqlValue('SELECT password_hash FROM users');
    expect(after).not.toBe(before);
    expect(textIn(await service.logIn(), 'challenge_token')).toEqual(expect.any(String));
    expect(await sqlValue('SELECT password_hash FROM users')).toBe(after);
  });
});

type Service = ReturnType<typeof startFactors>;
