import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { sql, sqlValue } from '../../support/database.ts';
import { atOnce } from '../../support/accounts.ts';
import {
  dataOf,
  HOME,
  invalidChallengeToken,
  secondFactorRequired,
  startFactors,
  textIn,
  wrongFactor,
} from '../../support/factors.ts';
import { joe, startService, tokensOf } from '../../support/service.ts';

const statusesOf = (responses: { status: number }[]) => responses.map(({ status }) => status);

describe('setting up an authenticator app', () => {
  it('takes a code of the secret, which the QR code and the URI have too', async () => {
    const { register, offerTotp, confirmTotp, codeOf, factors, clock } = startFactors();
    const { access } = tokensOf(await register());
    const offer = dataOf(await offerTotp(access));
    expect(offer).toMatchObject({ secret: expect.stringMatching(/^[A-Z2-7]{32}$/), expires_in: 600 });
    expect(offer['otpauth_uri']).toBe(
      `otpauth://totp/Latchkey:joe%40gmail.com?secret=${String(offer['secret'])}&issuer=Latchkey&algorithm=SHA1&digits=6&period=30`,
    );
    expect(offer['qr_svg']).toMatch(/^<svg[^]*<\/svg>$/);
    expect(await sql('SELECT * FROM totps')).toEqual([]);
    const enrolled = await confirmTotp(access, String(offer['enrolment_token']), await codeOf(String(offer['secret'])));
    expect(enrolled).toMatchObject({ status: 200, body: { token_type: 'Bearer', expires_in: 900 } });
    expect(enrolled.body['refresh_token']).toBeUndefined();
    expect(enrolled.body['recovery_codes']).toHaveLength(10);
    expect(decodeJwt(textIn(enrolled, 'auth_token'))).toMatchObject({
      sid: decodeJwt(access)['sid'],
      acr: 'aal2',
      amr: ['pwd', 'otp', 'mfa'],
      auth_time: Math.floor(clock.now().getTime() / 1000),
    });
    const now = clock.now().toISOString();
    expect(dataOf(await factors(access))).toEqual({
      totp: { added_on: now, last_used_on: null },
      passkeys: [],
      recovery_codes: { left: 10, made_on: now },
      required: false,
    });
  });

  it('refuses a wrong code, and stores nothing', async () => {
    const { register, offerTotp, confirmTotp, codeOf } = startFactors();
    const { access } = tokensOf(await register());
    const { secret, enrolment_token: token } = dataOf(await offerTotp(access));
    const right = await codeOf(String(secret));
    const wrong = String((Number(right) + 1) % 1_000_000).padStart(6, '0');
    expect(await confirmTotp(access, String(token), wrong)).toMatchObject(wrongFactor);
    expect(await confirmTotp(access, String(token), 'abcdef')).toMatchObject({ status: 400 });
    expect(await sql('SELECT * FROM totps')).toEqual([]);
    expect(await confirmTotp(access, String(token), `${right.slice(0, 3)} ${right.slice(3)}`)).toMatchObject({
      status: 200,
    });
  });

  it('is over after ten minutes, for somebody else, elsewhere, and once the account has changed', async () => {
    const service = startFactors();
    const { register, offerTotp, confirmTotp, codeOf, clock, logOut, call, post } = service;
    const { access } = tokensOf(await register());
    const other = tokensOf(await register({ ...joe, email: 'jane@gmail.com' }));
    const { secret, enrolment_token: token } = dataOf(await offerTotp(access));
    const confirm = async (bearerToken: string) =>
      confirmTotp(bearerToken, String(token), await codeOf(String(secret)));
    expect(await confirm(other.access)).toMatchObject(invalidChallengeToken);
    const elsewhere = { authorization: `Bearer ${access}`, 'CF-Connecting-IP': '198.51.100.9' };
    const fields = { enrolment_token: token, code: await codeOf(String(secret)) };
    expect(await post('/auth/factors/totp/confirm', fields, elsewhere)).toMatchObject(invalidChallengeToken);
    const late = startFactors({ deps: { now: () => new Date(clock.now().getTime() + 600_000) } });
    expect(await late.confirmTotp(access, String(token), await late.codeOf(String(secret)))).not.toMatchObject({
      status: 200,
    });
    await call('/auth/status');
    await logOut(other.access);
    const second = tokensOf(await service.logIn());
    await service.logOut(second.access, 'others');
    expect(await confirmTotp(second.access, String(token), await codeOf(String(secret)))).toMatchObject(
      invalidChallengeToken,
    );
    expect(await sql('SELECT * FROM totps')).toEqual([]);
  });

  it('replaces a former app, and keeps the recovery codes', async () => {
    const { registerWithTotp, enrolTotp, challenge, logInByFactor, codeOf } = startFactors();
    const former = await registerWithTotp();
    const next = await enrolTotp(former.access);
    expect(next.enrolled.body['recovery_codes']).toBeNull();
    const token = await challenge();
    expect(await logInByFactor({ challenge_token: token, code: await codeOf(former.secret) })).toMatchObject(
      wrongFactor,
    );
    expect(await logInByFactor({ challenge_token: token, code: await codeOf(next.secret) })).toMatchObject({
      status: 200,
    });
  });

  it('has one effect when two are completed at once', async () => {
    const { register, offerTotp, confirmTotp, codeOf, challenge, logInByFactor, clock } = startFactors();
    const { access } = tokensOf(await register());
    const offers = await atOnce(4, async () => dataOf(await offerTotp(access)));
    const codes = await Promise.all(offers.map(({ secret }) => codeOf(String(secret))));
    const done = await atOnce(4, (i) => confirmTotp(access, String(offers[i]?.['enrolment_token']), codes[i] ?? ''));
    expect(statusesOf(done).filter((status) => status === 200)).toHaveLength(1);
    // Whoever comes after the first has not shown the factor that there is by then: 401.
    for (const response of done) expect([200, 400, 401, 409]).toContain(response.status);
    expect(await sqlValue('SELECT count(*) FROM recovery_codes')).toBe(10);
    clock.pass(60);
    const winner = offers[done.findIndex(({ status }) => status === 200)];
    const fields = { challenge_token: await challenge({}), code: await codeOf(String(winner?.['secret'])) };
    expect(await logInByFactor(fields, {})).toMatchObject({ status: 200 });
  });
});

describe('a code of an authenticator app', () => {
  it.each([-1, 0, 1])('logs in, also when the clock is %i steps off', async (steps) => {
    const { registerWithTotp, challenge, logInByFactor, codeOf } = startFactors();
    const { secret } = await registerWithTotp();
    const fields = { challenge_token: await challenge(), code: await codeOf(secret, steps) };
    expect(await logInByFactor(fields)).toMatchObject({ status: 200, body: { message: 'Successfully logged in.' } });
  });

  it.each([-2, 2])('is refused when the clock is %i steps off', async (steps) => {
    const { registerWithTotp, challenge, logInByFactor, codeOf } = startFactors();
    const { secret } = await registerWithTotp();
    const fields = { challenge_token: await challenge(), code: await codeOf(secret, steps) };
    expect(await logInByFactor(fields)).toMatchObject(wrongFactor);
  });

  it('works once: not for another login, nor one of an earlier step', async () => {
    const { registerWithTotp, challenge, logInByFactor, codeOf, reauthenticate } = startFactors();
    const { secret, access } = await registerWithTotp();
    const code = await codeOf(secret);
    expect(await logInByFactor({ challenge_token: await challenge(), code })).toMatchObject({ status: 200 });
    const token = await challenge();
    expect(await logInByFactor({ challenge_token: token, code })).toMatchObject(wrongFactor);
    expect(await logInByFactor({ challenge_token: token, code: await codeOf(secret, -1) })).toMatchObject(wrongFactor);
    expect(await reauthenticate(access, { code })).toMatchObject(wrongFactor);
    expect(await logInByFactor({ challenge_token: token, code: await codeOf(secret, 1) })).toMatchObject({
      status: 200,
    });
  });

  it('does not log in with the code that has set it up', async () => {
    const { register, offerTotp, confirmTotp, codeOf, challenge, logInByFactor } = startFactors();
    const { access } = tokensOf(await register());
    const { secret, enrolment_token: token } = dataOf(await offerTotp(access));
    const code = await codeOf(String(secret));
    await confirmTotp(access, String(token), code);
    expect(await logInByFactor({ challenge_token: await challenge(), code })).toMatchObject(wrongFactor);
  });

  it('works once when eight use it at the same time, at logins of their own', async () => {
    const { registerWithTotp, challenge, logInByFactor, codeOf } = startFactors();
    const { secret } = await registerWithTotp();
    const tokens = await atOnce(8, () => challenge());
    const code = await codeOf(secret);
    const done = await atOnce(8, (i) => logInByFactor({ challenge_token: tokens[i], code }));
    expect(statusesOf(done).filter((status) => status === 200)).toHaveLength(1);
    expect(await sqlValue("SELECT count(*) FROM events WHERE type = 'login'")).toBe(1);
  });

  it('is of no use with another SECRET_KEY, under which nobody can read the secret', async () => {
    const { registerWithTotp } = startFactors();
    const { secret } = await registerWithTotp();
    const env = { SECRET_KEY: btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32)))) };
    const rotated = startFactors({ env });
    rotated.clock.pass(60);
    expect(await rotated.logIn()).toMatchObject(secondFactorRequired);
    const fields = { challenge_token: await rotated.challenge(), code: await rotated.codeOf(secret) };
    expect(await rotated.logInByFactor(fields)).toMatchObject(wrongFactor);
  });

  it('leaves neither its secret nor a recovery code in the database', async () => {
    const { registerWithTotp } = startFactors();
    const { secret, codes } = await registerWithTotp();
    const rows = JSON.stringify([
      await sql('SELECT * FROM totps'),
      await sql('SELECT * FROM recovery_codes'),
      await sql('SELECT * FROM events'),
      await sql('SELECT * FROM operator_tokens'),
    ]);
    for (const kept of [secret, ...codes, ...codes.map((code) => code.replaceAll('-', ''))])
      expect(rows.includes(kept)).toBe(false);
  });
});

describe('an account without a second factor', () => {
  it('logs in as ever', async () => {
    const { post } = startService();
    await post('/auth/register', joe, HOME);
    const { status, body } = await post('/auth/login', joe, HOME);
    expect([status, Object.keys(body)]).toEqual([
      200,
      ['status', 'message', 'auth_token', 'token_type', 'expires_in', 'refresh_token', 'refresh_expires_in'],
    ]);
  });
});
