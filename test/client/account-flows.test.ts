import { describe, expect, it } from 'vitest';
import { lose, startNetwork } from '../support/client.ts';
import { codeOf, startWithMail, tokenOf } from '../support/mailbox.ts';
import { joe } from '../support/service.ts';

const { email, password } = joe;
const newEmail = 'joe@example.org';
const newPassword = 'another horse';

/** Clients of a service with mail. `mailed` is the newest letter, once the service has sent all. */
function start(bindings: object = {}) {
  const { letter, mailer } = startWithMail();
  const network = startNetwork({ mailer }, { MAIL_TRANSPORT: 'log', ...bindings });
  const mailed = async (name: Parameters<typeof letter>[0], to: string) => {
    await network.settle();
    return letter(name, to);
  };
  return { ...network, mailed };
}

async function startLoggedIn() {
  const { open, ...network } = start();
  const latchkey = open();
  await latchkey.register(joe);
  return { ...network, open, latchkey };
}

describe('the client', () => {
  it.each(['token', 'code'] as const)('verifies the address by %s', async (how) => {
    const { latchkey, mailed } = await startLoggedIn();
    expect(await latchkey.user()).toMatchObject({ email_verified: false });
    await latchkey.requestVerification();
    const letter = await mailed('verify_email', email);
    await expect(latchkey.verifyEmail({ code: '1234567a' })).rejects.toMatchObject({ code: 'invalid_request' });
    await latchkey.verifyEmail(how === 'token' ? { token: tokenOf(letter) } : { code: codeOf(letter) });
    expect(await latchkey.user()).toMatchObject({ email, email_verified: true });
    await expect(latchkey.verifyEmail({ token: tokenOf(letter) })).rejects.toMatchObject({
      code: 'invalid_challenge',
      status: 400,
    });
  });

  it.each(['token', 'code'] as const)('resets a forgotten password by %s', async (how) => {
    const { latchkey, open, mailed } = await startLoggedIn();
    const elsewhere = open();
    await elsewhere.requestPasswordReset({ email });
    const letter = await mailed('reset_password', email);
    const proof = how === 'token' ? { token: tokenOf(letter) } : { email, code: codeOf(letter) };
    await expect(elsewhere.resetPassword({ ...proof, newPassword: 'x' })).rejects.toMatchObject({
      errors: [{ path: 'new_password', message: expect.any(String) }],
    });
    await elsewhere.resetPassword({ ...proof, newPassword });
    expect(await elsewhere.user()).toBeUndefined();
    expect(await latchkey.user()).toBeUndefined();
    await elsewhere.logIn({ email, password: newPassword });
    expect(await elsewhere.user()).toMatchObject({ email_verified: true });
  });

  it.each(['token', 'code'] as const)('changes the address by %s, and undoes that', async (how) => {
    const { latchkey, mailed } = await startLoggedIn();
    // Only the owner of the former address can have it back.
    await latchkey.verifyEmail({ token: tokenOf(await mailed('verify_email', email)) });
    await expect(latchkey.changeEmail({ newEmail, password: 'wrong' })).rejects.toMatchObject({
      code: 'wrong_password',
      status: 403,
    });
    await latchkey.changeEmail({ newEmail, password });
    const letter = await mailed('change_email', newEmail);
    await latchkey.confirmEmail(how === 'token' ? { token: tokenOf(letter) } : { code: codeOf(letter) });
    expect(await latchkey.user()).toMatchObject({ email: newEmail, email_verified: true });
    await latchkey.undoEmailChange({ token: tokenOf(await mailed('email_changed', email)) });
    expect(await latchkey.user()).toBeUndefined();
    const reset = await mailed('reset_password', email);
    await latchkey.resetPassword({ token: tokenOf(reset), newPassword });
    await latchkey.logIn({ email, password: newPassword });
    expect(await latchkey.user()).toMatchObject({ email });
  });

  it('changes the password', async () => {
    const { latchkey, open } = await startLoggedIn();
    const wrong = latchkey.changePassword({ currentPassword: newPassword, newPassword: 'battery staple' });
    await expect(wrong).rejects.toMatchObject({ code: 'wrong_password', status: 403 });
    await latchkey.changePassword({ currentPassword: password, newPassword });
    await expect(open().logIn(joe)).rejects.toMatchObject({ code: 'invalid_credentials' });
    await open().logIn({ email, password: newPassword });
    await latchkey.refresh();
    expect(await latchkey.sessions()).toHaveLength(2);
  });

  it('exports the account', async () => {
    const { latchkey } = await startLoggedIn();
    const [account, sessions] = [await latchkey.user(), await latchkey.sessions()];
    await latchkey.createKey({ name: 'Backup' });
    const { keys } = await latchkey.keys();
    expect(keys).toHaveLength(1);
    const { events } = await latchkey.events();
    expect(events).toHaveLength(2);
    const factors = await latchkey.factors();
    expect(await latchkey.exportAccount()).toEqual({ account, sessions, keys, factors, events });
  });

  it('deletes the account', async () => {
    const { latchkey, open, paths, meet } = await startLoggedIn();
    const elsewhere = open();
    await elsewhere.logIn(joe);
    await expect(latchkey.deleteAccount({ password: 'wrong' })).rejects.toMatchObject({ code: 'wrong_password' });
    meet((_, ask) => lose(ask));
    await latchkey.deleteAccount({ password });
    expect(paths.slice(-2)).toEqual(['DELETE /auth/user', 'DELETE /auth/user']);
    for (const client of [latchkey, elsewhere]) expect(await client.user()).toBeUndefined();
    await expect(open().logIn(joe)).rejects.toMatchObject({ code: 'invalid_credentials' });
  });

  it.each(['token', 'code'] as const)('registers with a confirmed address by %s', async (how) => {
    const { open, mailed } = start({ REGISTRATION: 'confirm' });
    const latchkey = open();
    await latchkey.requestRegistration({ email });
    const letter = await mailed('register', email);
    const proof = how === 'token' ? { token: tokenOf(letter) } : { email, code: codeOf(letter) };
    await latchkey.confirmRegistration({ ...proof, password });
    expect(await latchkey.user()).toMatchObject({ email, email_verified: true });
    await latchkey.requestRegistration({ email });
    expect((await mailed('account_exists', email)).to).toBe(email);
  });

  it('leads whoever registers in one step to the mail', async () => {
    const { open, mailed } = start({ REGISTRATION: 'confirm' });
    const latchkey = open();
    await expect(latchkey.register(joe)).rejects.toMatchObject({ code: 'confirmation_required', status: 202 });
    expect(await latchkey.user()).toBeUndefined();
    await latchkey.confirmRegistration({ email, code: codeOf(await mailed('register', email)), password });
    expect(await latchkey.user()).toMatchObject({ email, email_verified: true });
  });

  it('needs a password where no mail confirms the address', async () => {
    await expect(start().open().requestRegistration({ email })).rejects.toMatchObject({
      code: 'invalid_request',
      errors: [{ path: 'password', message: 'Is missing.' }],
    });
  });

  it('tells when registration is closed, and when there is no mail', async () => {
    const closed = startNetwork({}, { REGISTRATION: 'closed' }).open();
    await expect(closed.register(joe)).rejects.toMatchObject({ code: 'registration_closed', status: 403 });
    const latchkey = startNetwork().open();
    await latchkey.register(joe);
    await expect(latchkey.requestVerification()).rejects.toMatchObject({
      code: 'mail_unavailable',
      status: 503,
      retryAfterSeconds: undefined,
    });
  });
});
