import { describe, expect, it } from 'vitest';
import { NEW_EMAIL, NEW_PASSWORD, refusedProof, startAccounts } from '../../support/accounts.ts';
import { sql } from '../../support/database.ts';
import { codeOf, tokenOf } from '../../support/mailbox.ts';
import { joe, startService, tokensOf } from '../../support/service.ts';
import { fail, watchDenylist } from '../../support/storage.ts';

const thief = 'thief@example.org';
const done = {
  status: 200,
  body: { message: 'The former e-mail address is back. Check your mail to choose a new password.' },
};
const revoked = { status: 401, body: { code: 'revoked_token' } };
const emails = async () => (await sql('SELECT email FROM users ORDER BY email')).map(({ email }) => email);

/** The service where a thief, who knows the password, has given the account of joe another address. */
async function startStolen(env: object = {}) {
  const service = startAccounts({ env });
  const tokens = await service.registerVerified();
  service.clock.pass(1);
  await service.changeEmail(tokens.access, thief);
  return {
    ...service,
    access: tokens.access,
    refreshToken: tokens.refresh,
    undoToken: tokenOf(service.letter('email_changed', joe.email)),
  };
}

describe('the undo of a change of the address', () => {
  it('restores the address, and ends all sessions', async () => {
    const { access, refreshToken, undoToken, undo, status, verify, refresh, logIn, clock } = await startStolen();
    const elsewhere = startService();
    const thiefs = tokensOf(await logIn({ ...joe, email: thief }));
    expect(await undo(undoToken)).toMatchObject(done);
    expect(await emails()).toEqual([joe.email]);
    for (const token of [access, thiefs.access]) {
      expect(await status(token), 'a user route, at once').toMatchObject(revoked);
      expect(await elsewhere.verify(token), 'a token route, by KV').toMatchObject(revoked);
    }
    clock.pass(60);
    expect(await verify(access), 'a location that has cached KV, after a minute').toMatchObject(revoked);
    for (const token of [refreshToken, thiefs.refresh]) {
      expect(await refresh(token)).toMatchObject({ status: 401, body: { code: 'invalid_refresh_token' } });
    }
    expect(await sql('SELECT 1 FROM sessions WHERE revoked_at IS NULL')).toEqual([]);
  });

  it('makes the password useless, and mails the way to a new one', async () => {
    const { undoToken, undo, logIn, letter, confirmReset, askChange, status } = await startStolen();
    await undo(undoToken);
    for (const email of [joe.email, thief]) expect(await logIn({ ...joe, email })).toMatchObject({ status: 404 });
    const { token, code } = {
      token: tokenOf(letter('reset_password', joe.email)),
      code: codeOf(letter('reset_password')),
    };
    expect(code).toMatch(/^\d{8}$/);
    expect(await confirmReset({ token })).toMatchObject({ status: 200 });
    const { access } = tokensOf(await logIn({ ...joe, password: NEW_PASSWORD }));
    expect(await status(access)).toMatchObject({ body: { data: { email: joe.email, email_verified: true } } });
    expect(await askChange(access, NEW_EMAIL, NEW_PASSWORD), 'the account is in use again').toMatchObject({
      status: 202,
    });
  });

  it('works after the thief has changed the password and has logged everybody out', async () => {
    const { undoToken, undo, askReset, confirmReset, letter, logIn, logOut } = await startStolen();
    await askReset(thief);
    await confirmReset({ token: tokenOf(letter('reset_password', thief)) }, 'the password of a thief');
    const { access } = tokensOf(await logIn({ email: thief, password: 'the password of a thief' }));
    await logOut(access, 'all');
    await logIn({ email: thief, password: 'the password of a thief' });
    expect(await undo(undoToken)).toMatchObject(done);
    expect(await emails()).toEqual([joe.email]);
    expect(await logIn({ ...joe, password: 'the password of a thief' })).toMatchObject({ status: 404 });
  });

  it('kills the resets and changes that the thief has asked for', async () => {
    const { access, undoToken, undo, askReset, confirmReset, askChange, confirmChange, letter } = await startStolen();
    await askReset(thief);
    await askChange(access, NEW_EMAIL);
    await undo(undoToken);
    expect(await confirmReset({ token: tokenOf(letter('reset_password', thief)) })).toMatchObject(refusedProof);
    const code = codeOf(letter('reset_password', thief));
    expect(await confirmReset({ email: thief, code })).toMatchObject(refusedProof);
    expect(await confirmChange({ token: tokenOf(letter('change_email', NEW_EMAIL)) })).toMatchObject(refusedProof);
    expect(await emails()).toEqual([joe.email]);
  });

  it('uses up the undos of later changes, and not those of earlier ones', async () => {
    const { access, undoToken, changeEmail, undo, letter, clock, registerVerified } = await startStolen();
    clock.pass(1);
    await changeEmail(access, 'second@example.org');
    const second = tokenOf(letter('email_changed', thief));
    clock.pass(1);
    await changeEmail(access, 'third@example.org');
    const third = tokenOf(letter('email_changed', 'second@example.org'));
    await registerVerified({ ...joe, email: 'jane@gmail.com' });
    expect(await undo(second)).toMatchObject(done);
    expect(await emails()).toEqual(['jane@gmail.com', thief]);
    expect(await undo(third)).toMatchObject(refusedProof);
    expect(await undo(undoToken), 'the owner is before the thief').toMatchObject(done);
    expect(await emails()).toEqual(['jane@gmail.com', joe.email]);
    for (const token of [second, third]) expect(await undo(token)).toMatchObject(refusedProof);
  });

  it('leaves the undos of other users alone', async () => {
    const { undoToken, registerVerified, changeEmail, undo, letter, clock } = await startStolen();
    clock.pass(1);
    const jane = await registerVerified({ ...joe, email: 'jane@gmail.com' });
    await changeEmail(jane.access, 'jane@example.org');
    await undo(undoToken);
    expect(await undo(tokenOf(letter('email_changed', 'jane@gmail.com')))).toMatchObject(done);
    expect(await emails()).toEqual(['jane@gmail.com', joe.email]);
  });

  it('gives the address of the thief no undo', async () => {
    const { undoToken, undo, letters } = await startStolen();
    await undo(undoToken);
    expect(letters.filter(({ to }) => to === thief).map(({ name }) => name)).toEqual(['change_email']);
    const open = "SELECT email FROM challenges WHERE purpose = 'undo_email' AND redemption IS NULL";
    expect(await sql(open)).toEqual([]);
  });

  it('works by its token alone', async () => {
    const { undoToken, call, post, undo } = await startStolen();
    expect(await post('/auth/email/undo', { email: joe.email, code: '00000000' })).toMatchObject({
      status: 400,
      body: { code: 'invalid_request' },
    });
    expect(await call('/auth/email/undo')).toMatchObject({ status: 405 });
    expect(await undo(`${undoToken}A`)).toMatchObject(refusedProof);
    expect(await emails()).toEqual([thief]);
  });

  it('works for seven days, and as configured', async () => {
    const late = await startStolen();
    late.clock.pass(7 * 86_400);
    expect(await late.undo(late.undoToken)).toMatchObject(refusedProof);
    late.clock.pass(-1);
    expect(await late.undo(late.undoToken)).toMatchObject(done);
    await sql('DELETE FROM users');
    const early = await startStolen({ EMAIL_UNDO_TTL_SECONDS: '3600' });
    early.clock.pass(3600);
    expect(await early.undo(early.undoToken)).toMatchObject(refusedProof);
  });
});

describe('a former address that an undo may give back', () => {
  it('is nobody else’s to register', async () => {
    const { register, undoToken, undo } = await startStolen();
    expect(await register(), 'open mode').toMatchObject({ status: 202, body: { code: 'email_taken' } });
    expect(await emails()).toEqual([thief]);
    expect(await undo(undoToken)).toMatchObject(done);
  });

  it('is nobody else’s to register by a mail', async () => {
    const { undoToken, undo, clock } = await startStolen();
    const { askRegistration, letters } = startAccounts({
      env: { REGISTRATION: 'confirm' },
      deps: { now: clock.now },
    });
    expect(await askRegistration()).toMatchObject({ status: 202 });
    expect(letters, 'no mail whose link would be refused').toEqual([]);
    expect(await undo(undoToken)).toMatchObject(done);
  });

  it('is nobody else’s to register by a mail of before', async () => {
    const { askRegistration, confirmRegistration, letter } = startAccounts({ env: { REGISTRATION: 'confirm' } });
    await askRegistration();
    await startStolen();
    expect(await confirmRegistration({ token: tokenOf(letter('register')) })).toMatchObject(refusedProof);
    expect(await emails()).toEqual([thief]);
  });

  it('is nobody else’s to change to', async () => {
    const { register, undoToken, undo, askChange, letters } = await startStolen();
    const jane = tokensOf(await register({ ...joe, email: 'jane@gmail.com' }));
    expect(await askChange(jane.access, joe.email)).toMatchObject({ status: 202 });
    expect(letters.filter(({ name, to }) => name === 'change_email' && to === joe.email)).toEqual([]);
    expect(await emails()).toEqual(['jane@gmail.com', thief]);
    expect(await undo(undoToken)).toMatchObject(done);
  });

  it('is its user’s to change back to', async () => {
    const { access, changeEmail, clock } = await startStolen();
    clock.pass(1);
    expect(await changeEmail(access, joe.email)).toMatchObject({ status: 200 });
    expect(await emails()).toEqual([joe.email]);
  });

  it('is free again after the end of the undo, and when the account is gone', async () => {
    const { register, clock } = await startStolen();
    clock.pass(7 * 86_400 - 1);
    expect(await register()).toMatchObject({ status: 202, body: { code: 'email_taken' } });
    clock.pass(1);
    expect(await register()).toMatchObject({ status: 201 });
    await sql('DELETE FROM users');
    const gone = await startStolen();
    await sql('DELETE FROM users');
    expect(await gone.register()).toMatchObject({ status: 201 });
  });

  it('is free again after the undo of a later change was used up', async () => {
    const { access, undoToken, changeEmail, undo, register, clock } = await startStolen();
    clock.pass(1);
    await changeEmail(access, 'third@example.org');
    expect(await register({ ...joe, email: thief })).toMatchObject({ status: 202, body: { code: 'email_taken' } });
    await undo(undoToken);
    expect(await register({ ...joe, email: thief })).toMatchObject({ status: 201 });
  });
});

describe('an end of all sessions that KV has not recorded', () => {
  it.each(['reset_password', 'undo_email'] as const)(
    'is completed by trying the token for %s again',
    async (purpose) => {
      const { access, undoToken, askReset, letter, clock, refreshToken, refresh } = await startStolen();
      await askReset(thief);
      const token = purpose === 'undo_email' ? undoToken : tokenOf(letter('reset_password', thief));
      const redeem = ({ undo, confirmReset }: ReturnType<typeof startAccounts>) =>
        purpose === 'undo_email' ? undo(token) : confirmReset({ token });
      const DENYLIST = watchDenylist(({ operation }) => (operation === 'put' ? fail() : undefined));
      const broken = startAccounts({ env: { DENYLIST }, deps: { now: clock.now } });
      expect(await redeem(broken)).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });
      expect(await redeem(broken), 'while the first may still be writing').toMatchObject(refusedProof);
      clock.pass(2);
      expect(await redeem(broken), 'while KV is down').toMatchObject({ status: 503 });
      const open = startAccounts({ deps: { now: clock.now } });
      expect(await open.verify(access), 'not recorded').toMatchObject({ status: 204 });
      const again = startAccounts({ deps: { now: clock.now } });
      expect(await redeem(again)).toMatchObject(refusedProof);
      expect(await startAccounts({ deps: { now: clock.now } }).verify(access)).toMatchObject(revoked);
      expect(await refresh(refreshToken)).toMatchObject({ status: 401 });
    },
  );
});
