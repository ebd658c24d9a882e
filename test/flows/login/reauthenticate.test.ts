import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { atOnce } from '../../support/accounts.ts';
import { sql } from '../../support/database.ts';
import { HOME, startFactors, textIn, wrongFactor } from '../../support/factors.ts';
import { joe, tokensOf } from '../../support/service.ts';

const seconds = (at: Date) => Math.floor(at.getTime() / 1000);

describe('POST /auth/reauthenticate', () => {
  it('gives an access token of the same session that says when, and no refresh token', async () => {
    const { register, reauthenticate, clock, refresh, status } = startFactors();
    const { access, refresh: refreshToken } = tokensOf(await register());
    clock.pass(700);
    const done = await reauthenticate(access, { password: joe.password });
    expect(done.body).toEqual({
      status: 'success',
      message: 'Authenticated.',
      auth_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 900,
    });
    const token = textIn(done, 'auth_token');
    const said = { auth_time: seconds(clock.now()), acr: 'aal1', amr: ['pwd'], sid: decodeJwt(access)['sid'] };
    expect(decodeJwt(token)).toMatchObject(said);
    expect(await status(token)).toMatchObject({ status: 200 });
    clock.pass(60);
    expect(decodeJwt(tokensOf(await refresh(refreshToken)).access)).toMatchObject(said);
  });

  it('refuses a wrong password, which counts as an attempt to log in', async () => {
    const { register, reauthenticate, logIn } = startFactors();
    const { access } = tokensOf(await register());
    const wrong = { status: 403, body: { code: 'wrong_password' } };
    for (let times = 0; times < 11; times += 1)
      expect(await reauthenticate(access, { password: 'wrong password' })).toMatchObject(wrong);
    expect(await reauthenticate(access, { password: joe.password })).toMatchObject(wrong);
    expect(await logIn()).toMatchObject({ status: 404 });
  });

  it('takes a factor, and not the password alone, where there is one', async () => {
    const { registerWithTotp, reauthenticate, codeOf, clock } = startFactors();
    const { access, secret, codes } = await registerWithTotp();
    clock.pass(650);
    expect(await reauthenticate(access, { password: joe.password })).toMatchObject({
      status: 403,
      body: { code: 'second_factor_required' },
    });
    expect(await reauthenticate(access, { code: '000000' })).toMatchObject(wrongFactor);
    const byCode = textIn(await reauthenticate(access, { code: await codeOf(secret) }), 'auth_token');
    expect(decodeJwt(byCode)).toMatchObject({
      auth_time: seconds(clock.now()),
      acr: 'aal2',
      amr: ['pwd', 'otp', 'mfa'],
    });
    const byRecovery = textIn(await reauthenticate(access, { recovery_code: codes[0] }), 'auth_token');
    expect(decodeJwt(byRecovery)).toMatchObject({ acr: 'aal2', amr: ['pwd', 'otp', 'recovery', 'mfa'] });
    const told = await sql('SELECT type FROM events ORDER BY id DESC LIMIT 3');
    expect(told.map(({ type }) => type)).toEqual(['recovery_code_used', 'reauthenticated', 'reauthenticated']);
  });

  it('raises a session that began before there was a factor', async () => {
    const { register, reauthenticate, codeOf, enrolTotp } = startFactors();
    const older = tokensOf(await register());
    const { secret } = await enrolTotp(older.access);
    const raised = textIn(await reauthenticate(older.access, { code: await codeOf(secret) }), 'auth_token');
    expect(decodeJwt(raised)).toMatchObject({ acr: 'aal2' });
  });

  it('lets one code raise one session when four ask at once', async () => {
    const { registerWithTotp, reauthenticate, codeOf } = startFactors();
    const { access, secret } = await registerWithTotp();
    const code = await codeOf(secret);
    const done = await atOnce(4, () => reauthenticate(access, { code }));
    const refused = done.filter(({ status }) => status !== 200);
    expect(refused).toHaveLength(3);
    for (const response of refused) expect(response).toMatchObject(wrongFactor);
  });

  it('raises no session that is over', async () => {
    const { register, reauthenticate, logOut } = startFactors();
    const { access } = tokensOf(await register());
    await logOut(access);
    expect(await reauthenticate(access, { password: joe.password })).toMatchObject({ status: 401 });
  });

  it.each([
    ['nothing', {}],
    ['a password and a code', { password: joe.password, code: '123456' }],
    ['an empty password', { password: '' }],
  ])('refuses %s', async (_, proof) => {
    const { register, reauthenticate } = startFactors();
    const { access } = tokensOf(await register());
    expect(await reauthenticate(access, proof, HOME)).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });
});
