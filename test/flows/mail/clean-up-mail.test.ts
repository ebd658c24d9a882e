import { describe, expect, it } from 'vitest';
import type { MailOutcome } from '../../../src/domain/deps.ts';
import { cleanUpMail } from '../../../src/domain/mail/clean-up-mail.ts';
import { wire } from '../../../src/wire.ts';
import { startAccounts } from '../../support/accounts.ts';
import { sql, sqlValue } from '../../support/database.ts';
import { tokenOf } from '../../support/mailbox.ts';
import { bindProduction } from '../../support/production.ts';
import { joe, silent } from '../../support/service.ts';
import { asOneRequest } from '../../support/subrequests.ts';

const DAY = 86_400;

/** Runs the clean-up at the time `now`. Returns what it has deleted, and the mails that it has reported. */
async function cleanUpAt(now: () => Date) {
  const reported: MailOutcome[] = [];
  const deps = wire(bindProduction(), { ...silent, reportMail: (outcome) => void reported.push(outcome) });
  const deleted = await asOneRequest(() => cleanUpMail({ ...deps, now }));
  return { deleted, reported };
}

const counts = async () =>
  Promise.all(['challenges', 'outbox', 'mail_requests'].map((table) => sqlValue(`SELECT count(*) FROM ${table}`)));

const nothing = { challenges: 0, mails: 0, mailRequests: 0, isComplete: true };

describe('the clean-up of mail', () => {
  it('deletes challenges at the end of their lives, and not before, used or not', async () => {
    const { register, askReset, confirmReset, letter, clock } = startAccounts();
    await register();
    await askReset();
    await confirmReset({ token: tokenOf(letter('reset_password')) });
    clock.pass(3600 - 0.001);
    expect((await cleanUpAt(clock.now)).deleted).toEqual(nothing);
    clock.pass(0.001);
    expect((await cleanUpAt(clock.now)).deleted).toEqual({ ...nothing, challenges: 1 });
    expect(await sql('SELECT purpose FROM challenges')).toEqual([{ purpose: 'verify_email' }]);
    clock.pass(DAY);
    expect((await cleanUpAt(clock.now)).deleted).toMatchObject({ challenges: 1 });
    expect(await counts()).toEqual([0, 0, 0]);
  });

  it('deletes requests for mails after a day, and not while they count', async () => {
    const { askReset, clock } = startAccounts();
    await askReset();
    clock.pass(DAY - 0.001);
    expect((await cleanUpAt(clock.now)).deleted).toEqual(nothing);
    clock.pass(0.001);
    expect((await cleanUpAt(clock.now)).deleted).toEqual({ ...nothing, mailRequests: 1 });
  });

  it('deletes mails that nobody could send in time, and reports each of them once', async () => {
    const { register, askReset, clock, meet, letters } = startAccounts();
    await register();
    meet('retry');
    await askReset();
    clock.pass(3599.999);
    expect(await cleanUpAt(clock.now)).toEqual({ deleted: nothing, reported: [] });
    clock.pass(0.001);
    const { deleted, reported } = await cleanUpAt(clock.now);
    expect(deleted).toEqual({ ...nothing, challenges: 1, mails: 1 });
    expect(reported).toEqual([{ mail_id: letters.at(-1)?.id, outcome: 'failed', tries: 1 }]);
    expect(await cleanUpAt(clock.now)).toEqual({ deleted: nothing, reported: [] });
  });

  it('reports no mail whose link somebody has used by an earlier one', async () => {
    const { register, askReset, confirmReset, letter, clock, meet } = startAccounts();
    await register();
    await askReset();
    meet('retry');
    await askReset();
    await confirmReset({ token: tokenOf(letter('reset_password')) });
    clock.pass(3600);
    const { deleted, reported } = await cleanUpAt(clock.now);
    expect(deleted).toMatchObject({ mails: 1 });
    expect(reported).toEqual([]);
  });

  it('goes on in batches as long as there are rows, and stops after 30 of them', async () => {
    const { clock } = startAccounts();
    const at = clock.now().getTime();
    const numbers = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)';
    const add = (rows: number) =>
      sql(
        `${numbers} INSERT INTO mail_requests (id, key, purpose, requested_at) SELECT i, i, 'register', 0 FROM n`,
        rows,
      );
    await sql(
      `${numbers} INSERT INTO challenges (id, purpose, email, user_version, code_expires_at, expires_at)
      SELECT i, 'register', i, 0, 0, ?2 FROM n`,
      5100,
      at,
    );
    await add(5100);
    const { deleted } = await cleanUpAt(clock.now);
    expect(deleted).toEqual({ challenges: 5100, mails: 0, mailRequests: 5100, isComplete: true });
    await add(150_001);
    expect((await cleanUpAt(clock.now)).deleted).toEqual({ ...nothing, mailRequests: 150_000, isComplete: false });
    expect((await cleanUpAt(clock.now)).deleted).toEqual({ ...nothing, mailRequests: 1 });
  });

  it('frees an address that an undo reserved, and keeps it reserved until then', async () => {
    const { registerVerified, changeEmail, register, clock } = startAccounts();
    await changeEmail((await registerVerified()).access);
    clock.pass(7 * DAY - 1);
    await cleanUpAt(clock.now);
    expect(await register()).toMatchObject({ status: 202, body: { code: 'email_taken' } });
    clock.pass(1);
    await cleanUpAt(clock.now);
    expect(await sql('SELECT 1 FROM challenges')).toEqual([]);
    expect(await register(joe)).toMatchObject({ status: 201 });
  });
});
