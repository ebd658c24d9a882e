import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { atOnce } from '../../support/accounts.ts';
import { sqlValue } from '../../support/database.ts';
import { dataOf, codesIn, startFactors, textIn, wrongFactor } from '../../support/factors.ts';
import { tokensOf } from '../../support/service.ts';

const left = () => sqlValue('SELECT count(*) FROM recovery_codes');

describe('a recovery code', () => {
  it('logs in once, however it is typed', async () => {
    const { registerWithTotp, challenge, logInByFactor, factors } = startFactors();
    const { codes, access } = await registerWithTotp();
    expect(codes).toHaveLength(10);
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}$/);
    const typed = ` ${(codes[0] ?? '').toLowerCase().replaceAll('-', ' ')} `;
    const done = await logInByFactor({ challenge_token: await challenge(), recovery_code: typed });
    expect(done).toMatchObject({ status: 200 });
    expect(decodeJwt(textIn(done, 'auth_token'))).toMatchObject({ acr: 'aal2', amr: ['pwd', 'recovery', 'mfa'] });
    expect(dataOf(await factors(access))['recovery_codes']).toMatchObject({ left: 9 });
    const again = { challenge_token: await challenge(), recovery_code: codes[0] };
    expect(await logInByFactor(again)).toMatchObject(wrongFactor);
    expect(await logInByFactor({ ...again, recovery_code: codes[9] })).toMatchObject({ status: 200 });
  });

  it('works once when eight use it at the same time', async () => {
    const { registerWithTotp, challenge, logInByFactor } = startFactors();
    const { codes } = await registerWithTotp();
    const tokens = await atOnce(8, () => challenge());
    const done = await atOnce(8, (i) => logInByFactor({ challenge_token: tokens[i], recovery_code: codes[0] }));
    expect(done.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await left()).toBe(9);
  });

  it.each(['', 'AAAA-AAAA-AAAA-AAAA', 'short', '1'.repeat(64)])('is refused when it is %j', async (recoveryCode) => {
    const { registerWithTotp, challenge, logInByFactor } = startFactors();
    await registerWithTotp();
    const fields = { challenge_token: await challenge(), recovery_code: recoveryCode };
    expect(await logInByFactor(fields)).toMatchObject(wrongFactor);
    expect(await logInByFactor({ ...fields, recovery_code: 'x'.repeat(65) })).toMatchObject({ status: 400 });
  });

  it('is of no use to another account', async () => {
    const { registerWithTotp, enrolTotp, register, challenge, logInByFactor } = startFactors();
    const { codes } = await registerWithTotp();
    const jane = { email: 'jane@gmail.com', password: 'seven honest herons' };
    await enrolTotp(tokensOf(await register(jane)).access);
    const fields = { challenge_token: await challenge(undefined, jane), recovery_code: codes[0] };
    expect(await logInByFactor(fields)).toMatchObject(wrongFactor);
    expect(await left()).toBe(20);
  });

  it('is not used up by a login whose challenge token was used', async () => {
    const { registerWithTotp, challenge, logInByFactor } = startFactors();
    const { codes } = await registerWithTotp();
    const fields = { challenge_token: await challenge(), recovery_code: codes[0] };
    expect(await logInByFactor(fields)).toMatchObject({ status: 200 });
    expect(await logInByFactor({ ...fields, recovery_code: codes[1] })).toMatchObject({
      status: 400,
      body: { code: 'invalid_challenge_token' },
    });
    expect(await left()).toBe(9);
  });
});

describe('POST /auth/factors/recovery-codes', () => {
  it('replaces all codes', async () => {
    const { registerWithTotp, replaceCodes, challenge, logInByFactor } = startFactors();
    const { access, codes } = await registerWithTotp();
    const replaced = await replaceCodes(access);
    expect(replaced).toMatchObject({ status: 200, body: { message: 'Recovery codes replaced.' } });
    const next = codesIn({ ...replaced, body: dataOf(replaced) });
    expect(next).toHaveLength(10);
    expect(next.some((code) => codes.includes(code))).toBe(false);
    const token = await challenge();
    expect(await logInByFactor({ challenge_token: token, recovery_code: codes[3] })).toMatchObject(wrongFactor);
    expect(await logInByFactor({ challenge_token: token, recovery_code: next[3] })).toMatchObject({ status: 200 });
  });

  it('leaves one set when it is asked four times at once, and that set is one that was shown', async () => {
    const { registerWithTotp, replaceCodes, challenge, logInByFactor } = startFactors();
    const { access } = await registerWithTotp();
    const done = await atOnce(4, () => replaceCodes(access));
    expect(done.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status } of done) expect([200, 409]).toContain(status);
    expect(await left()).toBe(10);
    const shown = done.find(({ status }) => status === 200);
    if (shown === undefined) throw new TypeError('nobody has won');
    const [first] = codesIn({ ...shown, body: dataOf(shown) });
    expect(await logInByFactor({ challenge_token: await challenge(), recovery_code: first })).toMatchObject({
      status: 200,
    });
  });

  it('is refused without a second factor', async () => {
    const { register, replaceCodes } = startFactors();
    const { access } = tokensOf(await register());
    expect(await replaceCodes(access)).toMatchObject({ status: 409, body: { code: 'no_second_factor' } });
    expect(await left()).toBe(0);
  });
});
