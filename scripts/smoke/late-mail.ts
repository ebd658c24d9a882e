import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { assertResponse } from '../harness/http-client.ts';
import type { Account } from './accounts.ts';
import type { MailProvider } from './mail-provider.ts';

const MAX_WAIT_MS = 120_000;

/**
 * Asks for a mail, which the provider does not take, and does `meanwhile`. A minute later the cron sends it, once, and
 * it still works.
 */
export async function sendLate(
  { client: { post }, mailbox }: Account,
  provider: MailProvider,
  meanwhile: () => Promise<void>,
): Promise<void> {
  const email = 'late@example.org';
  assertResponse(await post('/auth/register', { email }), 202, 'Check your mail.');
  for (const start = Date.now(); provider.refused.length === 0; await sleep(100)) {
    assert.ok(Date.now() - start < MAX_WAIT_MS, 'the provider got the mail');
  }
  await meanwhile();
  const { token } = await mailbox.next(email, 'Your new account at Latchkey');
  const [id] = provider.refused;
  assert.equal(provider.mails.filter((mail) => mail.id === id).length, 1);
  const confirmed = await post('/auth/register/confirm', { token, password: 'correct horse' });
  assertResponse(confirmed, 201, 'Successfully registered.');
}
