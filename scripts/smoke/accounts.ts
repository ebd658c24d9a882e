import assert from 'node:assert/strict';
import { z } from 'zod';
import { assertResponse, type Client, type Tokens, tokensOf } from '../harness/http-client.ts';
import type { Mailbox } from './mailbox.ts';

type User = { email: string; password: string };

/** An account with its mails. */
export type Account = { client: Client; mailbox: Mailbox; user: User };

/** Changes, forgets and resets the password, changes the address and undoes that, exports and deletes the account. */
export async function liveWithAnAccount(account: Account, tokens: Tokens): Promise<void> {
  const { client, user } = account;
  assert.equal((await dataOf(client, '/auth/status', tokens))['email_verified'], true);
  const changed = await changePassword(account, tokens);
  await resetPassword(account, changed, 'code');
  const later = await client.logIn({ ...user, password: 'reset by code' });
  await resetPassword(account, later, 'token');

  const moved = { email: `new-${user.email}`, password: 'reset by token' };
  const last = await client.logIn({ ...moved, email: user.email });
  const undo = await changeEmail(account, last, moved);
  await undoEmail(account, last, { undo, moved });
  await exportAndDelete(account, { ...user, password: 'reset after the undo' });
}

async function changePassword({ client, mailbox, user }: Account, tokens: Tokens): Promise<Tokens> {
  const change = (password: string) =>
    client.post('/auth/password', { current_password: password, new_password: 'another horse' }, tokens.accessToken);
  assertResponse(await change('wrong horse'), 403, 'wrong_password');
  const changed = await change(user.password);
  assertResponse(changed, 200, 'Password changed.');
  await assertOver(client, tokens);
  await mailbox.next(user.email, 'Your password for Latchkey has changed');
  assert.equal(await client.status(tokensOf(changed).accessToken), 200);
  return tokensOf(changed);
}

async function resetPassword({ client, mailbox, user }: Account, tokens: Tokens, by: 'token' | 'code'): Promise<void> {
  const { email } = user;
  assertResponse(await client.post('/auth/password/reset', { email }), 202, 'Check your mail.');
  const { token, code } = await mailbox.next(email, 'A new password for Latchkey');
  const proof = by === 'token' ? { token } : { email, code };
  const confirm = () => client.post('/auth/password/reset/confirm', { ...proof, new_password: `reset by ${by}` });
  assertResponse(await confirm(), 200, 'Password changed. Please log in.');
  assertResponse(await confirm(), 400, 'invalid_challenge');
  await assertOver(client, tokens);
  await mailbox.next(email, 'Your password for Latchkey has changed');
}

/** Returns the token of the undo, which the former address gets. */
async function changeEmail({ client, mailbox, user }: Account, tokens: Tokens, moved: User): Promise<string> {
  const ask = { new_email: moved.email, password: moved.password };
  assertResponse(await client.post('/auth/email', ask, tokens.accessToken), 202, 'Check your mail.');
  const { code } = await mailbox.next(moved.email, 'Confirm your new e-mail address for Latchkey');
  assert.equal((await dataOf(client, '/auth/status', tokens))['email'], user.email);
  const confirmed = await client.post('/auth/email/confirm', { code }, tokens.accessToken);
  assertResponse(confirmed, 200, 'The e-mail address is changed.');
  assert.equal((await dataOf(client, '/auth/status', tokens))['email'], moved.email, 'the session goes on');
  return (await mailbox.next(user.email, 'Your account at Latchkey has a new e-mail address')).token;
}

/** Undoes the change, and gets back in by the reset that begins with it. */
async function undoEmail(
  { client, mailbox, user: { email } }: Account,
  tokens: Tokens,
  { undo, moved }: { undo: string; moved: User },
): Promise<void> {
  const { post } = client;
  const words = 'The former e-mail address is back. Check your mail to choose a new password.';
  assertResponse(await post('/auth/email/undo', { token: undo }), 200, words);
  await assertOver(client, tokens);
  for (const user of [moved, { ...moved, email }]) {
    assertResponse(await post('/auth/login', user), 404, 'invalid_credentials');
  }
  const { token } = await mailbox.next(email, 'A new password for Latchkey');
  const reset = await post('/auth/password/reset/confirm', { token, new_password: 'reset after the undo' });
  assertResponse(reset, 200, 'Password changed. Please log in.');
}

async function exportAndDelete({ client, mailbox }: Account, user: User): Promise<void> {
  const tokens = await client.logIn(user);
  const { account, sessions } = exported.parse(await dataOf(client, '/auth/user/export', tokens));
  assert.deepEqual([account.email, sessions.length], [user.email, 1]);
  const remove = (password: string) => client.send('DELETE', '/auth/user', tokens.accessToken, { password });
  assertResponse(await remove('wrong horse'), 403, 'wrong_password');
  assertResponse(await remove(user.password), 200, 'Account deleted.');
  assert.equal(await client.status(tokens.accessToken), 401);
  assertResponse(await client.refresh(tokens.refreshToken), 401, 'invalid_refresh_token');
  assertResponse(await client.post('/auth/login', user), 404, 'invalid_credentials');
  await mailbox.next(user.email, 'Your account at Latchkey is deleted');
}

async function assertOver(client: Client, { accessToken, refreshToken }: Tokens): Promise<void> {
  assertResponse(await client.get('/auth/status', accessToken), 401, 'revoked_token');
  assertResponse(await client.get('/auth/verify', accessToken), 401, 'revoked_token');
  assertResponse(await client.refresh(refreshToken), 401, 'invalid_refresh_token');
}

async function dataOf({ get }: Client, path: string, { accessToken }: Tokens): Promise<Record<string, unknown>> {
  const response = await get(path, accessToken);
  assert.equal(response.status, 200);
  return z.object({ data: z.record(z.string(), z.unknown()) }).parse(response.body).data;
}

const exported = z.object({ account: z.object({ email: z.string() }), sessions: z.array(z.unknown()) });
