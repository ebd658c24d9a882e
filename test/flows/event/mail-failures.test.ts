import { describe, expect, it } from 'vitest';
import { cleanUpMail } from '../../../src/domain/mail/clean-up-mail.ts';
import { wire } from '../../../src/wire.ts';
import { NEW_EMAIL, startAccounts } from '../../support/accounts.ts';
import { sql, sqlValue } from '../../support/database.ts';
import { forgetEvents, storedEvents } from '../../support/events.ts';
import { bindProduction } from '../../support/production.ts';
import { joe, silent, tokensOf } from '../../support/service.ts';
import { asOneRequest } from '../../support/subrequests.ts';

/** joe has an account. The next mails meet `outcomes`. */
async function start(...outcomes: Parameters<ReturnType<typeof startAccounts>['meet']>) {
  const service = startAccounts();
  const tokens = tokensOf(await service.register());
  await forgetEvents();
  service.meet(...outcomes);
  const userId = await sqlValue("SELECT id FROM users WHERE email = 'joe@gmail.com'");
  return { ...service, ...tokens, userId };
}

const failed = async () => (await storedEvents()).filter(({ type }) => type === 'mail_failed');

const cleanUp = (now: () => Date) => asOneRequest(() => cleanUpMail({ ...wire(bindProduction(), silent), now }));

describe('a mail that cannot be sent', () => {
  it.each(['refused', 'gone'] as const)('is an event for whoever has the address, when it is %s', async (outcome) => {
    const { askReset, userId } = await start(outcome);
    await askReset();
    expect(await failed()).toMatchObject([
      { user_id: userId, actor: 'system', data: '{"message":"reset_password"}', session_id: null },
    ]);
  });

  it('is an event after the last try, and not before', async () => {
    const { askReset, runMailCron, clock } = await start('retry', 'retry', 'retry', 'retry', 'retry');
    await askReset();
    for (const minutes of [1, 5, 20]) {
      clock.pass(minutes * 60);
      await runMailCron();
    }
    expect(await failed()).toEqual([]);
    clock.pass(3600);
    await runMailCron();
    await cleanUp(clock.now);
    expect(await failed()).toHaveLength(1);
  });

  it.each(['sent', 'retry'] as const)('is no event when it is %s', async (outcome) => {
    const { askReset } = await start(outcome);
    await askReset();
    expect(await failed()).toEqual([]);
  });

  it('is no event when nobody has the address', async () => {
    const { askChange, access } = await start('refused');
    await askChange(access, NEW_EMAIL);
    expect(await failed()).toEqual([]);
  });
});

describe('a mail that the clean-up finds', () => {
  it('is an event when its user would have needed it', async () => {
    const { askReset, clock, userId } = await start('retry');
    await askReset();
    clock.pass(3600);
    expect(await cleanUp(clock.now)).toMatchObject({ mails: 1 });
    expect(await failed()).toMatchObject([
      { user_id: userId, actor: 'system', request_id: null, data: '{"message":"reset_password"}' },
    ]);
    await cleanUp(clock.now);
    expect(await failed()).toHaveLength(1);
  });

  it('is no event when nobody would', async () => {
    const { askReset, clock } = await start('retry');
    await askReset();
    await sql('UPDATE users SET version = version + 1');
    clock.pass(3600);
    expect(await cleanUp(clock.now)).toMatchObject({ mails: 1 });
    expect(await failed()).toEqual([]);
  });

  it('is one event for each mail that is deleted', async () => {
    const { clock, register } = await start();
    await register({ ...joe, email: 'jane@gmail.com' });
    const at = clock.now().getTime();
    await sql(
      `INSERT INTO outbox (id, message, email, expires_at, retry_at)
        SELECT users.email || n.i, 'password_changed', users.email, ?1, ?1
        FROM users, (SELECT 1 AS i UNION ALL SELECT 2) AS n`,
      at,
    );
    await sql(
      "INSERT INTO outbox (id, message, email, expires_at, retry_at) VALUES ('a', 'register', 'nobody@x.org', 1, 1)",
    );
    expect(await cleanUp(clock.now)).toMatchObject({ mails: 5 });
    expect(await failed()).toHaveLength(4);
  });
});
