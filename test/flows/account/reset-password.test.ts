import { describe, expect, it } from 'vitest';
import { sql } from '../../support/database.ts';
import { codeOf, startWithMail, tokenOf } from '../../support/mailbox.ts';
import { joe, startClock, tokensOf } from '../../support/service.ts';
import { addPasskeys } from '../../support/stored-factors.ts';

const NEW = 'a new pass phrase';

function start() {
  const clock = startClock();
  const service = startWithMail({ deps: { now: clock.now } });
  return {
    ...service,
    clock,
    ask: (email = joe.email) => service.post('/auth/password/reset', { email }),
    confirm: (proof: object, password = NEW) =>
      service.post('/auth/password/reset/confirm', { ...proof, new_password: password }),
  };
}

describe('a reset of the password', () => {
  it('works by the token of the mail, ends all sessions, and logs nobody in', async () => {
    const { register, ask, confirm, letter, status, verify, refresh, logIn } = start();
    const old = tokensOf(await register());
    expect(await ask()).toMatchObject({ status: 202, body: { status: 'success', message: 'Check your mail.' } });
    const done = await confirm({ token: tokenOf(letter('reset_password')) });
    expect(done).toMatchObject({ status: 200, body: { message: 'Password changed. Please log in.' } });
    expect(done.body).not.toHaveProperty('auth_token');

    expect(await status(old.access)).toMatchObject({ status: 401, body: { code: 'revoked_token' } });
    expect(await verify(old.access)).toMatchObject({ status: 401, body: { code: 'revoked_token' } });
    expect(await refresh(old.refresh)).toMatchObject({ status: 401, body: { code: 'invalid_refresh_token' } });
    expect(await logIn()).toMatchObject({ status: 404 });
    expect(await logIn({ ...joe, password: NEW })).toMatchObject({ status: 200 });
    expect(letter('password_changed').to).toBe(joe.email);
  });

  it('works by the code with the address, and verifies it', async () => {
    const { register, ask, confirm, letter, logIn, status } = start();
    await register();
    await ask();
    const code = codeOf(letter('reset_password'));
    expect(await confirm({ email: 'JOE@gmail.com', code: `${code.slice(0, 4)} ${code.slice(4)}` })).toMatchObject({
      status: 200,
    });
    const { access } = tokensOf(await logIn({ ...joe, password: NEW }));
    expect(await status(access)).toMatchObject({ body: { data: { email_verified: true } } });
  });

  it('removes no second factor: the new password alone logs nobody in', async () => {
    const { register, ask, confirm, letter, logIn } = start();
    await register();
    await addPasskeys();
    await ask();
    expect(await confirm({ token: tokenOf(letter('reset_password')) })).toMatchObject({ status: 200 });
    expect(await logIn({ ...joe, password: NEW })).toMatchObject({
      status: 403,
      body: { code: 'second_factor_required', methods: ['passkey'] },
    });
  });

  it('forgets the attempts at the network that it comes from', async () => {
    const { register, ask, confirm, letter, logIn } = start();
    await register();
    for (let times = 0; times < 11; times += 1) await logIn({ ...joe, password: 'wrong password' });
    await ask();
    expect(await confirm({ token: tokenOf(letter('reset_password')) })).toMatchObject({ status: 200 });
    expect(await logIn({ ...joe, password: NEW })).toMatchObject({ status: 200 });
  });

  it('buys no more guesses at the code of a second factor', async () => {
    const { register, ask, confirm, letter, logIn, post, clock } = start();
    await register();
    await addPasskeys();
    const { body } = await logIn();
    const guess = { challenge_token: body['challenge_token'], code: '000000' };
    for (let times = 0; times < 9; times += 1)
      expect(await post('/auth/login/factor', guess)).toMatchObject({ body: { code: 'wrong_factor' } });
    await ask();
    expect(await confirm({ token: tokenOf(letter('reset_password')) })).toMatchObject({ status: 200 });
    expect(await logIn({ ...joe, password: NEW })).toMatchObject({
      status: 404,
      body: { code: 'invalid_credentials' },
    });
    clock.pass(61);
    expect(await logIn({ ...joe, password: NEW })).toMatchObject({ body: { code: 'second_factor_required' } });
  });

  it('redeems a token once, of fifty at the same time', async () => {
    const { register, ask, confirm, letter } = start();
    await register();
    await ask();
    const proof = { token: tokenOf(letter('reset_password')) };
    const all = await Promise.all(Array.from({ length: 50 }, () => confirm(proof)));
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(all.filter(({ body }) => body['code'] === 'invalid_challenge')).toHaveLength(49);
    expect(await sql('SELECT version FROM users')).toEqual([{ version: 1 }]);
  });
});
