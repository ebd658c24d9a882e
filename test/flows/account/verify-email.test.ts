import { describe, expect, it } from 'vitest';
import { otherCode, refusedProof, startAccounts } from '../../support/accounts.ts';
import { sql } from '../../support/database.ts';
import { codeOf, tokenOf } from '../../support/mailbox.ts';
import { joe, tokensOf } from '../../support/service.ts';

const jane = { ...joe, email: 'jane@gmail.com' };
const done = { status: 200, body: { message: 'The e-mail address is verified.' } };
const verified = { body: { data: { email_verified: true } } };
const unverified = { body: { data: { email_verified: false } } };

describe('the verification of an address', () => {
  it('works by the token, without an access token, and keeps the sessions', async () => {
    const { register, verifyEmail, letter, status, refresh } = startAccounts();
    const { access, refresh: refreshToken } = tokensOf(await register());
    const response = await verifyEmail({ token: tokenOf(letter('verify_email')) });
    expect(response).toMatchObject(done);
    expect(response.body).not.toHaveProperty('auth_token');
    expect(await status(access)).toMatchObject(verified);
    expect(await refresh(refreshToken)).toMatchObject({ status: 200 });
    expect(await sql('SELECT version FROM users')).toEqual([{ version: 0 }]);
  });

  it('works by the code with an access token, and not without one', async () => {
    const { register, verifyEmail, letter, status } = startAccounts();
    const { access } = tokensOf(await register());
    const code = codeOf(letter('verify_email'));
    expect(await verifyEmail({ code })).toMatchObject({ status: 401, body: { code: 'missing_token' } });
    expect(await verifyEmail({ code }, 'a.b.c')).toMatchObject({ status: 401 });
    expect(await status(access)).toMatchObject(unverified);
    expect(await sql('SELECT attempts FROM challenges')).toEqual([{ attempts: 0 }]);
    expect(await verifyEmail({ code }, access)).toMatchObject(done);
    expect(await status(access)).toMatchObject(verified);
  });

  it("refuses the code of another user's mail, and verifies neither address", async () => {
    const { register, verifyEmail, letter, status } = startAccounts();
    const [first, second] = [tokensOf(await register()), tokensOf(await register(jane))];
    const code = codeOf(letter('verify_email', jane.email));
    expect(await verifyEmail({ code }, first.access)).toMatchObject(refusedProof);
    expect(await status(first.access)).toMatchObject(unverified);
    expect(await status(second.access)).toMatchObject(unverified);
    expect(await verifyEmail({ code }, second.access)).toMatchObject(done);
  });

  it('refuses the code with an access token whose session was revoked, in the database or in KV alone', async () => {
    const { register, logIn, logOut, verifyEmail, letter } = startAccounts();
    const { access } = tokensOf(await register());
    const other = tokensOf(await logIn());
    const code = codeOf(letter('verify_email'));
    await logOut(access);
    const revoked = { status: 401, body: { code: 'revoked_token' } };
    expect(await verifyEmail({ code }, access)).toMatchObject(revoked);
    await logOut(other.access);
    await sql('UPDATE sessions SET revoked_at = NULL, expires_at = started_at + 1000000000');
    expect(await startAccounts().verifyEmail({ code }, other.access)).toMatchObject(revoked);
    expect(await sql('SELECT email_verified_at FROM users')).toEqual([{ email_verified_at: null }]);
  });

  it('refuses a wrong code, and takes the right one after that', async () => {
    const { register, verifyEmail, letter } = startAccounts();
    const { access } = tokensOf(await register());
    const code = codeOf(letter('verify_email'));
    expect(await verifyEmail({ code: otherCode(code) }, access)).toMatchObject(refusedProof);
    expect(await verifyEmail({ code }, access)).toMatchObject(done);
  });

  it.each([{}, { token: 'a', code: '12345678' }, { code: '1234567' }, { code: '123456789' }, { code: 12345678 }])(
    'refuses the body %j',
    async (body) => {
      const { register, verifyEmail } = startAccounts();
      const { access } = tokensOf(await register());
      expect(await verifyEmail(body, access)).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    },
  );

  it('can be asked for again, by the user alone', async () => {
    const { register, call, askVerification, letters, clock } = startAccounts();
    const { access } = tokensOf(await register());
    clock.pass(1);
    expect(await askVerification(access)).toMatchObject({ status: 202, body: { message: 'Check your mail.' } });
    expect(letters.map(({ name, to }) => [name, to])).toEqual([
      ['verify_email', joe.email],
      ['verify_email', joe.email],
    ]);
    expect(await call('/auth/email/verification', { method: 'POST' })).toMatchObject({ status: 401 });
    const without = startAccounts({ env: { MAIL_TRANSPORT: 'none' } });
    expect(await without.askVerification(access)).toMatchObject({ status: 503, body: { code: 'mail_unavailable' } });
  });
});
