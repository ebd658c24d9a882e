import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { assertResponse } from '../harness/http-client.ts';
import type { Account } from './accounts.ts';
import type { MailProvider } from './mail-provider.ts';

const MAX_WAIT_MS = 120_000;

/** The cron that sends mails, as wrangler triggers it. */
const CRON = `/cdn-cgi/local/scheduled?cron=${encodeURIComponent('* * * * *')}`;

/**
 * Asks for a mail, which the provider does not take, and does `meanwhile`. A minute later the cron sends it, once, and
 * it still works.
 */
export async function sendLate(
  { client: { post }, mailbox, url }: Account & { url: string },
  provider: MailProvider,
  meanwhile: () => Promise<void>,
): Promise<void> {
  const email = 'late@example.org';
  assertResponse(await post('/auth/register', { email }), 202, 'Check your mail.');
  for (const start = Date.now(); provider.refused.length === 0; await sleep(100)) {
    assert.ok(Date.now() - start < MAX_WAIT_MS, 'the provider got the mail');
  }
  await meanwhile();
  const [id] = provider.refused;
  const arrived = () => provider.mails.filter((mail) => mail.id === id).length;
  for (const start = Date.now(); arrived() === 0; await sleep(1000)) {
    assert.ok(Date.now() - start < MAX_WAIT_MS, 'the cron sent the mail');
    assert.equal((await fetch(url + CRON)).status, 200);
  }
  assert.equal((await fetch(url + CRON)).status, 200);
  assert.equal(arrived(), 1);
  const { token } = await mailbox.next(email, 'Your new account at Latchkey');
  const confirmed = await post('/auth/register/confirm', { token, password: 'correct horse' });
  assertResponse(confirmed, 201, 'Successfully registered.');
}
