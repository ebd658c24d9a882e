import { describe, expect, it } from 'vitest';
import { NEW_EMAIL, NEW_PASSWORD, otherCode, refusedProof, startAccounts } from '../../support/accounts.ts';
import { sql } from '../../support/database.ts';
import { codeOf, tokenOf } from '../../support/mailbox.ts';
import { joe, tokensOf } from '../../support/service.ts';

const jane = { ...joe, email: 'jane@gmail.com' };
const done = { status: 200, body: { message: 'The e-mail address is changed.' } };
const emails = async () => (await sql('SELECT email FROM users ORDER BY email')).map(({ email }) => email);

describe('a change of the address', () => {
  it('works by the token, verifies the address, and keeps the sessions', async () => {
    const { register, askChange, confirmChange, letter, letters, status, refresh, logIn, verify } = startAccounts();
    const tokens = tokensOf(await register());
    expect(await askChange(tokens.access)).toMatchObject({ status: 202, body: { message: 'Check your mail.' } });
    expect(await emails(), 'not before the mail comes back').toEqual([joe.email]);
    const response = await confirmChange({ token: tokenOf(letter('change_email', NEW_EMAIL)) });
    expect(response).toMatchObject(done);
    expect(response.body).not.toHaveProperty('auth_token');

    const account = { data: { email: NEW_EMAIL, email_verified: true } };
    expect(await status(tokens.access)).toMatchObject({ status: 200, body: account });
    expect(await verify(tokens.access)).toMatchObject({ status: 204 });
    const refreshed = tokensOf(await refresh(tokens.refresh));
    expect(await status(refreshed.access)).toMatchObject({ status: 200, body: account });
    expect(await verify(refreshed.access)).toMatchObject({ status: 204 });
    expect(await logIn()).toMatchObject({ status: 404 });
    expect(await logIn({ ...joe, email: NEW_EMAIL })).toMatchObject({ status: 200 });
    expect(letters.filter(({ to }) => to === NEW_EMAIL).map(({ name }) => name)).toEqual(['change_email']);
  });

  it('works by the code with an access token, and not without one', async () => {
    const { register, askChange, confirmChange, letter } = startAccounts();
    const { access } = tokensOf(await register());
    await askChange(access);
    const code = codeOf(letter('change_email'));
    expect(await confirmChange({ code })).toMatchObject({ status: 401, body: { code: 'missing_token' } });
    expect(await confirmChange({ code: otherCode(code) }, access)).toMatchObject(refusedProof);
    expect(await confirmChange({ code }, access)).toMatchObject(done);
    expect(await emails()).toEqual([NEW_EMAIL]);
  });

  it('refuses the code with the access token of another user, and of a revoked session', async () => {
    const { register, logIn, logOut, askChange, confirmChange, letter } = startAccounts();
    const { access } = tokensOf(await register());
    const other = tokensOf(await register(jane));
    await askChange(access);
    const code = codeOf(letter('change_email'));
    expect(await confirmChange({ code }, other.access)).toMatchObject(refusedProof);
    const left = tokensOf(await logIn());
    await logOut(left.access);
    expect(await confirmChange({ code }, left.access)).toMatchObject({ status: 401, body: { code: 'revoked_token' } });
    expect(await emails()).toEqual([jane.email, joe.email]);
  });

  it('needs the password, and mails nothing without it', async () => {
    const { register, askChange, letters } = startAccounts();
    const { access } = tokensOf(await register());
    const response = await askChange(access, NEW_EMAIL, 'wrong password');
    expect(response).toMatchObject({ status: 403, body: { code: 'wrong_password' } });
    expect(letters.map(({ name }) => name)).toEqual(['verify_email']);
    expect(await sql('SELECT 1 FROM mail_requests')).toHaveLength(1);
  });

  it('refuses the address that the account has, in any spelling', async () => {
    const { register, askChange } = startAccounts();
    const { access } = tokensOf(await register());
    expect(await askChange(access, ' JOE@gmail.com')).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', errors: [{ path: 'new_email' }] },
    });
  });

  it('to an address that has an account is told to its owner alone', async () => {
    const { register, askChange, letters } = startAccounts();
    const { access } = tokensOf(await register());
    await register(jane);
    letters.length = 0;
    const [taken, free] = [await askChange(access, jane.email), await askChange(access, NEW_EMAIL)];
    expect(taken.status).toBe(202);
    expect(taken.body).toEqual(free.body);
    expect(letters.map(({ name, to, proof }) => [name, to, proof !== undefined])).toEqual([
      ['account_exists', jane.email, false],
      ['change_email', NEW_EMAIL, true],
    ]);
  });

  it('is refused when somebody has registered the address meanwhile', async () => {
    const { register, askChange, confirmChange, letter } = startAccounts();
    const { access } = tokensOf(await register());
    await askChange(access, jane.email);
    await register(jane);
    const { token, code } = { token: tokenOf(letter('change_email')), code: codeOf(letter('change_email')) };
    expect(await confirmChange({ token })).toMatchObject(refusedProof);
    expect(await confirmChange({ code }, access)).toMatchObject(refusedProof);
    expect(await emails()).toEqual([jane.email, joe.email]);
    expect(await sql('SELECT version FROM users')).toEqual([{ version: 0 }, { version: 0 }]);
  });

  it('gives an address to one of two users who want it at the same time', async () => {
    const { register, askChange, confirmChange, letters } = startAccounts();
    const [first, second] = [tokensOf(await register()), tokensOf(await register(jane))];
    await askChange(first.access);
    await askChange(second.access);
    const tokens = letters.filter(({ name }) => name === 'change_email').map(tokenOf);
    expect(new Set(tokens).size).toBe(2);
    const all = await Promise.all(tokens.map((token) => confirmChange({ token })));
    expect(all.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 400]);
    expect(await emails()).toContain(NEW_EMAIL);
    expect(await sql('SELECT version FROM users ORDER BY version')).toEqual([{ version: 0 }, { version: 1 }]);
  });

  it('lets one of a registration and a change win that want the address at the same time', async () => {
    const { register, askChange, confirmChange, letter } = startAccounts();
    const { access } = tokensOf(await register());
    await askChange(access);
    const token = tokenOf(letter('change_email'));
    const [changed, registered] = await Promise.all([confirmChange({ token }), register({ ...joe, email: NEW_EMAIL })]);
    expect([
      [200, 202],
      [400, 201],
    ]).toContainEqual([changed.status, registered.status]);
    expect((await emails()).filter((email) => email === NEW_EMAIL)).toHaveLength(1);
  });

  it('tells the former address, with an undo if it was verified', async () => {
    const { registerVerified, changeEmail, letter } = startAccounts();
    const { access } = await registerVerified();
    await changeEmail(access);
    const { to, proof } = letter('email_changed');
    expect(to).toBe(joe.email);
    expect(proof).toEqual({ token: expect.stringMatching(/^.{80}$/), expiresInSeconds: 604_800, code: undefined });
  });

  it('sends nothing to a former address that was never verified, which may be a stranger’s', async () => {
    const { register, changeEmail, letters } = startAccounts();
    const { access } = tokensOf(await register());
    await changeEmail(access);
    expect(letters.filter(({ name }) => name === 'email_changed')).toEqual([]);
    expect(await sql("SELECT 1 FROM challenges WHERE purpose = 'undo_email'")).toEqual([]);
  });

  it('lets the owner of the new address reset the password, and not that of the former one', async () => {
    const { registerVerified, changeEmail, askReset, confirmReset, letter, letters } = startAccounts();
    const { access } = await registerVerified();
    await changeEmail(access);
    await askReset(joe.email);
    expect(letters.filter(({ name }) => name === 'reset_password')).toEqual([]);
    await askReset(NEW_EMAIL);
    expect(await confirmReset({ token: tokenOf(letter('reset_password', NEW_EMAIL)) })).toMatchObject({ status: 200 });
  });

  it('is not possible without mail', async () => {
    const { access } = tokensOf(await startAccounts().register());
    const { askChange } = startAccounts({ env: { MAIL_TRANSPORT: 'none' } });
    expect(await askChange(access)).toMatchObject({ status: 503, body: { code: 'mail_unavailable' } });
    expect(await sql('SELECT 1 FROM outbox')).toEqual([]);
  });

  it('counts a wrong password as the attempt to log in that it could be', async () => {
    const { register, askChange, logIn } = startAccounts();
    const { access } = tokensOf(await register());
    for (let guess = 0; guess < 10; guess += 1) await askChange(access, NEW_EMAIL, NEW_PASSWORD);
    expect(await askChange(access)).toMatchObject({ status: 403, body: { code: 'wrong_password' } });
    expect(await logIn()).toMatchObject({ status: 404, body: { code: 'invalid_credentials' } });
  });
});
