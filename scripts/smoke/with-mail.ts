import { createClient } from '../harness/http-client.ts';
import type { Started } from '../harness/process.ts';
import { flagsOf, startService } from '../harness/service.ts';
import { liveWithAnAccount } from './accounts.ts';
import { sendLate } from './late-mail.ts';
import { type MailProvider, startMailProvider } from './mail-provider.ts';
import { openMailbox, readConsole } from './mailbox.ts';
import { assertNoErrors } from './no-errors.ts';
import { registerAndVerify, registerByMail } from './registration.ts';

const password = 'correct horse';

/** An account begins and ends. Its mails are on the console. */
export async function driveWithOpenRegistration(service: Started): Promise<void> {
  const client = createClient(service.url);
  const account = {
    client,
    mailbox: openMailbox(service.url, readConsole(service)),
    user: { email: 'open@example.org', password },
  };
  await liveWithAnAccount(account, await registerAndVerify(account));
  console.log('ok: register, verify, change and reset the password, change the address, undo that, export and delete');
}

/** The same, where accounts begin with a mail. A webhook gets the mails, and does not take the first one at once. */
export async function driveByMail(state: string): Promise<void> {
  const provider = await startMailProvider({ refusals: 1 });
  const { account, stop } = await startWithWebhook({ state }, provider);
  await sendLate(account, provider, async () => {
    await liveWithAnAccount(account, await registerByMail(account));
  });
  await stop();
  console.log('ok: the same where accounts begin with a mail, through a webhook that is down at first');
}

/** Starts the service so that accounts begin with a mail, and `provider` gets the mails. Hashes are cheap, for speed. */
export async function startWithWebhook(where: { state: string; script?: 'dev:turso' }, provider: MailProvider) {
  const vars = { ...provider.vars, REGISTRATION: 'confirm', PBKDF2_ITERATIONS: '1000' };
  const service = await startService(where, ...flagsOf(vars));
  const stop = async () => {
    await service.stop();
    provider.stop();
    assertNoErrors(service);
  };
  const mailbox = openMailbox(service.url, () => provider.mails);
  // An address of its own: the mails of an address are counted after its account is deleted, too.
  const user = { email: 'confirm@example.org', password };
  return { account: { client: createClient(service.url), mailbox, user }, stop };
}
