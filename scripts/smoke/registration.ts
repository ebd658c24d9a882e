import assert from 'node:assert/strict';
import { assertResponse, type Client, type Tokens, tokensOf } from '../harness/http-client.ts';
import type { Account } from './accounts.ts';

/** Registers an address where accounts begin with a mail, and where nobody learns who has one. */
export async function registerByMail({ client: { post }, mailbox, user }: Account): Promise<Tokens> {
  const { email, password } = user;
  const ask = () => post('/auth/register', { email });
  assertResponse(await ask(), 202, 'Check your mail.');
  const { token, code } = await mailbox.next(email, 'Your new account at Latchkey');
  assertResponse(await post('/auth/login', user), 404, 'invalid_credentials');
  const wrong = code === '00000000' ? '00000001' : '00000000';
  const refused = await post('/auth/register/confirm', { email, code: wrong, password });
  assertResponse(refused, 400, 'invalid_challenge');

  const confirmed = await post('/auth/register/confirm', { token, password });
  assertResponse(confirmed, 201, 'Successfully registered.');
  assertResponse(await post('/auth/register/confirm', { email, code, password }), 400, 'invalid_challenge');
  assertResponse(await ask(), 202, 'Check your mail.');
  assert.deepEqual(await mailbox.next(email, 'You already have an account at Latchkey'), { token: '', code: '' });
  return tokensOf(confirmed, 201);
}

/** Registers an address at once, and verifies it by the code of the mail. */
export async function registerAndVerify({ client, mailbox, user }: Account): Promise<Tokens> {
  const tokens = await client.register(user);
  const { code } = await mailbox.next(user.email, 'Confirm your e-mail address for Latchkey');
  assertResponse(await client.post('/auth/email/verification', undefined, tokens.accessToken), 202, 'Check your mail.');
  const again = await mailbox.next(user.email, 'Confirm your e-mail address for Latchkey');
  assert.equal(again.code, code, 'a second mail carries the same code while it lives');
  const verified = await client.post('/auth/email/verify', { code }, tokens.accessToken);
  assertResponse(verified, 200, 'The e-mail address is verified.');
  return tokens;
}

/** Lets nobody register, while users go on. */
export async function refuseToRegister({ post }: Client): Promise<void> {
  const user = { email: 'nobody@example.org', password: 'correct horse' };
  for (const path of ['/auth/register', '/auth/register/confirm']) {
    const token = `${crypto.randomUUID()}.${'A'.repeat(43)}`;
    assertResponse(await post(path, { ...user, token }), 403, 'registration_closed');
  }
  console.log('ok: nobody registers where registration is closed');
}
