import { describe, expect, it } from 'vitest';
import { startAccounts } from '../../support/accounts.ts';
import { sql, sqlValue } from '../../support/database.ts';
import { tokenOf } from '../../support/mailbox.ts';
import { joe, tokensOf } from '../../support/service.ts';

const mails = () => sqlValue('SELECT count(*) FROM outbox');

describe('a service that sends no mail', () => {
  it('says so wherever a mail is needed, and stores nothing', async () => {
    const { access } = tokensOf(await startAccounts().register());
    await sql('DELETE FROM mail_requests');
    await sql('DELETE FROM challenges');
    const none = startAccounts({ env: { MAIL_TRANSPORT: 'none' } });
    const confirming = startAccounts({ env: { MAIL_TRANSPORT: 'none', REGISTRATION: 'confirm' } });
    const answers = [
      await none.askReset(),
      await none.askReset('jane@gmail.com'),
      await none.askVerification(access),
      await none.askChange(access),
      await confirming.askRegistration(),
      await confirming.askRegistration('jane@gmail.com'),
    ];
    for (const answer of answers) expect(answer).toMatchObject({ status: 503, body: { code: 'mail_unavailable' } });
    for (const table of ['outbox', 'mail_requests', 'challenges', 'login_attempts'])
      expect(await sql(`SELECT 1 FROM ${table}`), table).toEqual([]);
    expect(await none.register({ ...joe, email: 'jane@gmail.com' })).toMatchObject({ status: 201 });
    expect(await mails()).toBe(0);
  });

  it('sends no notice either', async () => {
    const { register, askReset, letter } = startAccounts();
    await register();
    await askReset();
    const none = startAccounts({ env: { MAIL_TRANSPORT: 'none' } });
    expect(await none.confirmReset({ token: tokenOf(letter('reset_password')) })).toMatchObject({ status: 200 });
    expect(await mails()).toBe(0);
  });
});
