import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { atOnce, refusedProof, startAccounts } from '../../support/accounts.ts';
import { sql } from '../../support/database.ts';
import { codeOf, tokenOf } from '../../support/mailbox.ts';
import { countRows, joe, startService, tokensOf } from '../../support/service.ts';

const confirmMode = { REGISTRATION: 'confirm' };
const start = () => startAccounts({ env: confirmMode });
const accepted = { status: 202, body: { status: 'success', message: 'Check your mail.' } };

describe('registration in confirm mode', () => {
  it('makes the account only once somebody confirms it by the token, with a verified address', async () => {
    const { askRegistration, confirmRegistration, letter, status, logIn, refresh } = start();
    expect(await askRegistration()).toMatchObject(accepted);
    expect(await countRows()).toEqual({ users: 0, sessions: 0 });
    expect(await logIn()).toMatchObject({ status: 404 });

    const made = await confirmRegistration({ token: tokenOf(letter('register', joe.email)) });
    expect(made).toMatchObject({ status: 201, body: { message: 'Successfully registered.' } });
    const { access, refresh: refreshToken } = tokensOf(made);
    expect(decodeJwt(access)).toMatchObject({ email_verified: true });
    expect(await status(access)).toMatchObject({ body: { data: { email: joe.email, email_verified: true } } });
    expect(await refresh(refreshToken)).toMatchObject({ status: 200 });
    expect(await logIn()).toMatchObject({ status: 200 });
  });

  it('works by the code with the address, however somebody types both', async () => {
    const { askRegistration, confirmRegistration, letter } = start();
    await askRegistration();
    const code = codeOf(letter('register'));
    const typed = { email: ' JOE@Gmail.com ', code: ` ${code.slice(0, 4)}-${code.slice(4)} ` };
    expect(await confirmRegistration(typed)).toMatchObject({ status: 201 });
  });

  it('gives the same response to known, unknown and disabled addresses', async () => {
    await startService().register();
    await startService().register({ ...joe, email: 'old@gmail.com' });
    await sql("UPDATE users SET disabled_at = 1 WHERE email = 'old@gmail.com'");
    const { askRegistration, letters } = start();
    const responses = [];
    for (const email of [joe.email, 'jane@gmail.com', 'old@gmail.com']) {
      const { status, body, headers } = await askRegistration(email);
      responses.push({ status, body, headers: [...headers].filter(([name]) => name !== 'x-request-id') });
    }
    expect(new Set(responses.map((response) => JSON.stringify(response))).size).toBe(1);
    expect(letters.map(({ name, to }) => [name, to])).toEqual([
      ['account_exists', joe.email],
      ['register', 'jane@gmail.com'],
    ]);
    expect(letters[0]?.proof, 'nothing to redeem').toBeUndefined();
    expect(await sql('SELECT email FROM challenges')).toEqual([{ email: 'jane@gmail.com' }]);
  });

  it('ignores a password in the request for the mail', async () => {
    const { post, confirmRegistration, letter, logIn } = start();
    expect(await post('/auth/register', { ...joe, password: 'short' })).toMatchObject(accepted);
    await confirmRegistration({ token: tokenOf(letter('register')) }, 'chosen by the owner');
    expect(await logIn({ ...joe, password: 'short' })).toMatchObject({ status: 404 });
    expect(await logIn({ ...joe, password: 'chosen by the owner' })).toMatchObject({ status: 200 });
  });

  it('makes one account of two links to one address, at the same time or in a row', async () => {
    const { askRegistration, confirmRegistration, letters, clock } = start();
    await askRegistration();
    clock.pass(600);
    await askRegistration();
    const tokens = letters.map(tokenOf);
    expect(new Set(tokens).size).toBe(2);
    const all = await atOnce(2, (index) => confirmRegistration({ token: tokens[index] }));
    expect(all.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 400]);
    expect(await countRows()).toEqual({ users: 1, sessions: 1 });
    for (const token of tokens) expect(await confirmRegistration({ token })).toMatchObject(refusedProof);
    expect(await countRows()).toEqual({ users: 1, sessions: 1 });
  });

  it('refuses to confirm an address that has got an account meanwhile, and leaves that one alone', async () => {
    const { askRegistration, confirmRegistration, letter } = start();
    await askRegistration();
    const owner = tokensOf(await startService().register());
    const proof = { token: tokenOf(letter('register')) };
    expect(await confirmRegistration(proof, 'of somebody else')).toMatchObject(refusedProof);
    expect(await startService().logIn()).toMatchObject({ status: 200 });
    expect(await startService().status(owner.access)).toMatchObject({ status: 200 });
    expect(await countRows()).toEqual({ users: 1, sessions: 2 });
  });

  it('uses up nothing for a password that nobody may have', async () => {
    const { askRegistration, confirmRegistration, letter } = start();
    await askRegistration();
    const [token, code] = [tokenOf(letter('register')), codeOf(letter('register'))];
    for (const password of ['short', 'password', joe.email]) {
      const refused = { status: 400, body: { code: 'invalid_request', errors: [{ path: 'password' }] } };
      expect(await confirmRegistration({ token }, password)).toMatchObject(refused);
      expect(await confirmRegistration({ email: joe.email, code }, password)).toMatchObject(refused);
    }
    expect(await sql('SELECT attempts FROM challenges')).toEqual([{ attempts: 0 }]);
    expect(await confirmRegistration({ token })).toMatchObject({ status: 201 });
  });

  it('refuses a token and a code together, and a code without an address', async () => {
    const { askRegistration, confirmRegistration, letter } = start();
    await askRegistration();
    const [token, code] = [tokenOf(letter('register')), codeOf(letter('register'))];
    for (const proof of [{ token, code, email: joe.email }, { code }, {}, { email: joe.email }]) {
      expect(await confirmRegistration(proof)).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    }
  });

  it('says with 503 that it sends no mail, and stores nothing', async () => {
    const { askRegistration } = startAccounts({ env: { ...confirmMode, MAIL_TRANSPORT: 'none' } });
    expect(await askRegistration()).toMatchObject({ status: 503, body: { code: 'mail_unavailable' } });
    expect(await sql('SELECT 1 FROM challenges UNION ALL SELECT 1 FROM mail_requests')).toEqual([]);
  });
});

describe('registration in closed mode', () => {
  it('refuses everybody, with the same response for known and unknown addresses', async () => {
    await startService().register();
    const { register, letters } = startAccounts({ env: { REGISTRATION: 'closed' } });
    const closed = { status: 403, body: { code: 'registration_closed' } };
    expect(await register()).toMatchObject(closed);
    expect(await register({ ...joe, email: 'jane@gmail.com' })).toMatchObject(closed);
    expect(await countRows()).toEqual({ users: 1, sessions: 1 });
    expect(letters).toEqual([]);
  });

  it('refuses links of before it was closed, and uses them up not', async () => {
    const { askRegistration, letter } = start();
    await askRegistration();
    const proof = { token: tokenOf(letter('register')) };
    const closed = startAccounts({ env: { REGISTRATION: 'closed' } });
    expect(await closed.confirmRegistration(proof)).toMatchObject({
      status: 403,
      body: { code: 'registration_closed' },
    });
    expect(await start().confirmRegistration(proof)).toMatchObject({ status: 201 });
  });

  it('lets users log in, reset their password and change their address', async () => {
    await startService().register();
    const { logIn, askReset, changeEmail, letter } = startAccounts({ env: { REGISTRATION: 'closed' } });
    const { access } = tokensOf(await logIn());
    expect(await askReset()).toMatchObject({ status: 202 });
    expect(letter('reset_password').to).toBe(joe.email);
    expect(await changeEmail(access)).toMatchObject({ status: 200 });
  });
});

describe('registration in open mode', () => {
  it('needs a password', async () => {
    expect(await startAccounts().askRegistration()).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', errors: [{ path: 'password' }] },
    });
  });

  it('makes an account at once, and mails a link to verify the address', async () => {
    const { register, letters, status } = startAccounts();
    const { access } = tokensOf(await register());
    expect(letters.map(({ name, to }) => [name, to])).toEqual([['verify_email', joe.email]]);
    expect(await status(access)).toMatchObject({ body: { data: { email_verified: false } } });
  });

  it('mails nothing to an address that has an account, and nothing at all without mail', async () => {
    const { register, letters } = startAccounts();
    await register();
    expect(await register()).toMatchObject({ status: 202, body: { code: 'email_taken' } });
    expect(letters).toHaveLength(1);
    const without = startAccounts({ env: { MAIL_TRANSPORT: 'none' } });
    expect(await without.register({ ...joe, email: 'jane@gmail.com' })).toMatchObject({ status: 201 });
    expect(await sql('SELECT 1 FROM outbox')).toEqual([]);
    expect(without.letters).toEqual([]);
  });
});
