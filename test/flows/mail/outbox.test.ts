import { describe, expect, it } from 'vitest';
import type { Mailer } from '../../../src/mail/mailer.ts';
import type { Letter } from '../../../src/mail/letter.ts';
import { NEW_PASSWORD, startAccounts } from '../../support/accounts.ts';
import { sql, sqlValue } from '../../support/database.ts';
import { codeOf, tokenOf } from '../../support/mailbox.ts';
import { bearer, joe, tokensOf } from '../../support/service.ts';
import { beforeTrip, fail, watchDatabase } from '../../support/storage.ts';

type Outcome = Awaited<ReturnType<Mailer['send']>>;

const mails = () => sqlValue('SELECT count(*) FROM outbox');
const minutes = (count: number) => count * 60;

/** Every minute for `count` minutes, runs the cron. Returns the minutes in which it tried, and what became of that. */
async function runEveryMinute({ clock, runMailCron }: ReturnType<typeof startAccounts>, count: number) {
  const tried: number[] = [];
  const outcomes: string[] = [];
  for (let minute = 1; minute <= count; minute += 1) {
    clock.pass(60);
    const run = await runMailCron();
    if (run.tried > 0) tried.push(minute);
    outcomes.push(...run.outcomes);
  }
  return { tried, outcomes };
}

describe('a mail', () => {
  it('goes out right after the response, and leaves nothing behind', async () => {
    const { register, letters, runMailCron, clock } = startAccounts();
    await register();
    expect(letters).toHaveLength(1);
    expect(await mails()).toBe(0);
    clock.pass(minutes(10));
    expect(await runMailCron()).toEqual({ tried: 0, outcomes: [] });
  });

  it('goes out once, by the cron, when the database is down between the batch and the mail', async () => {
    const service = startAccounts();
    await service.register();
    const broken = startAccounts({
      env: watchDatabase(beforeTrip(2, async () => fail())),
      deps: { now: service.clock.now },
    });
    expect(await broken.askReset()).toMatchObject({ status: 202 });
    expect(broken.letters).toEqual([]);
    expect(await mails()).toBe(1);
    expect(await service.runMailCron()).toEqual({ tried: 1, outcomes: ['sent'] });
    expect(await service.runMailCron()).toEqual({ tried: 0, outcomes: [] });
    const letter = service.letter('reset_password');
    expect(await service.confirmReset({ token: tokenOf(letter) })).toMatchObject({ status: 200 });
    expect(service.letters.filter(({ name }) => name === 'reset_password')).toHaveLength(1);
  });

  it('is not invented when the database is down in the batch itself', async () => {
    const service = startAccounts();
    await service.register();
    const broken = startAccounts({ env: watchDatabase(fail), deps: { now: service.clock.now } });
    expect(await broken.askReset()).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });
    expect(broken.letters).toEqual([]);
    expect(
      await sql('SELECT 1 FROM outbox UNION ALL SELECT 1 FROM mail_requests WHERE purpose = ?', 'reset_password'),
    ).toEqual([]);
  });

  it('goes out a second time, with the same id, when the database is down after it was sent', async () => {
    const service = startAccounts();
    await service.register();
    const broken = startAccounts({
      env: watchDatabase(beforeTrip(3, async () => fail())),
      deps: { now: service.clock.now },
    });
    expect(await broken.askReset()).toMatchObject({ status: 202 });
    expect(await service.runMailCron(), 'within the lease').toEqual({ tried: 0, outcomes: [] });
    service.clock.pass(60);
    expect(await service.runMailCron()).toEqual({ tried: 1, outcomes: ['sent'] });
    expect(service.letter('reset_password')).toEqual({
      ...broken.letter('reset_password'),
      proof: expect.objectContaining({ token: tokenOf(broken.letter('reset_password')) }),
    });
    expect(await mails()).toBe(0);
  });

  it.each(['sent', 'retry', 'refused'] as const)(
    'goes out twice at most, with the same id, when the provider answers %s after the lease',
    async (lateAnswer) => {
      const letters: Letter[] = [];
      const answers: ((outcome: Outcome) => void)[] = [];
      const mailer: Mailer = {
        send: (letter) => {
          letters.push(letter);
          return new Promise((resolve) => void answers.push(resolve));
        },
      };
      const late: Promise<void>[] = [];
      const service = startAccounts({ deps: { mailer, afterResponse: (work) => void late.push(work()) } });
      await service.register();
      while (answers.length < 1) await new Promise((resolve) => setTimeout(resolve, 1));
      service.clock.pass(59.999);
      expect(await service.runMailCron()).toEqual({ tried: 0, outcomes: [] });
      service.clock.pass(0.001);
      const second = service.runMailCron();
      while (answers.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
      service.clock.pass(30);
      const lease = () => sqlValue('SELECT retry_at FROM outbox');
      const before = await lease();
      answers[0]?.(lateAnswer);
      await Promise.all(late);
      expect(await lease(), 'that of the second, or gone').toBe(lateAnswer === 'retry' ? before : undefined);
      expect(await service.runMailCron(), 'while the second is under way').toEqual({ tried: 0, outcomes: [] });
      answers[1]?.('sent');
      expect(await second).toEqual({ tried: 1, outcomes: ['sent'] });
      expect(await mails()).toBe(0);
      service.clock.pass(minutes(120));
      expect(await service.runMailCron()).toEqual({ tried: 0, outcomes: [] });
      expect(letters).toHaveLength(2);
      expect(letters[1]?.id).toBe(letters[0]?.id);
    },
  );

  it('is tried again after 1, 5, 20 and 60 minutes, and goes out when the provider is back after an hour', async () => {
    const service = startAccounts();
    service.meet('retry', 'retry', 'retry', 'retry', 'sent');
    await service.register();
    expect(await runEveryMinute(service, 120)).toEqual({ tried: [1, 6, 26, 86], outcomes: ['sent'] });
    const [first, second, , , last] = service.letters;
    expect(new Set(service.letters.map(({ id }) => id)).size).toBe(1);
    expect(first?.proof?.code?.expiresInSeconds).toBe(600);
    expect(second?.proof?.code).toEqual({ digits: first?.proof?.code?.digits, expiresInSeconds: 540 });
    expect(last?.proof).toEqual({
      token: first?.proof?.token,
      expiresInSeconds: 86_400 - minutes(86),
      code: undefined,
    });
    expect(await service.verifyEmail({ token: last?.proof?.token })).toMatchObject({ status: 200 });
  });

  it('is given up, and reported as failed, after five tries', async () => {
    const service = startAccounts();
    service.meet('retry', 'retry', 'retry', 'retry', 'retry', 'sent');
    await service.register();
    expect(await runEveryMinute(service, 120)).toEqual({ tried: [1, 6, 26, 86], outcomes: ['failed'] });
    expect(await mails()).toBe(0);
  });

  it('is tried for the last time five minutes before the end of what it carries', async () => {
    const service = startAccounts();
    await service.register();
    service.meet('retry', 'retry', 'retry', 'retry', 'retry', 'sent');
    await service.askReset();
    expect(await runEveryMinute(service, 120)).toEqual({ tried: [1, 6, 26, 55], outcomes: ['failed'] });
    expect(service.letters.at(-1)?.proof?.expiresInSeconds).toBe(300);
    expect(await mails()).toBe(0);
  });

  it('is never sent after the end of what it carries', async () => {
    const service = startAccounts();
    await service.register();
    service.meet('retry', 'sent');
    await service.askReset();
    service.clock.pass(3600);
    expect(await service.runMailCron()).toEqual({ tried: 0, outcomes: [] });
  });

  it('marks its address when that is gone, and the next one that is sent clears the mark', async () => {
    const service = startAccounts();
    service.meet('gone');
    await service.register();
    const at = service.clock.now().getTime();
    const mark = () => sql('SELECT undeliverable_at AS at FROM users');
    expect(await mark()).toEqual([{ at }]);
    expect(await mails()).toBe(0);
    expect(await runEveryMinute(service, 10)).toEqual({ tried: [], outcomes: [] });
    service.meet('retry', 'refused');
    await service.askReset();
    expect(await mark(), 'nothing was sent').toEqual([{ at }]);
    service.meet('sent');
    await service.askReset();
    expect(await mark()).toEqual([{ at: null }]);
  });

  it('that a provider refuses is given up at once', async () => {
    const service = startAccounts();
    service.meet('refused');
    await service.register();
    expect(await mails()).toBe(0);
    expect(await runEveryMinute(service, 10)).toEqual({ tried: [], outcomes: [] });
    expect(await sql('SELECT undeliverable_at AS at FROM users')).toEqual([{ at: null }]);
  });

  it('is not sent again once what it carries is used up', async () => {
    const service = startAccounts();
    await service.register();
    await service.askReset();
    service.meet('retry');
    await service.askReset();
    await service.confirmReset({ token: tokenOf(service.letter('reset_password')) }, NEW_PASSWORD);
    expect(await runEveryMinute(service, 5)).toEqual({ tried: [], outcomes: [] });
  });

  it('is not sent again once the address is verified by an earlier one', async () => {
    const service = startAccounts();
    const { access } = tokensOf(await service.register());
    service.meet('retry');
    await service.askVerification(access);
    expect(await service.verifyEmail({ token: tokenOf(service.letter('verify_email')) })).toMatchObject({
      status: 200,
    });
    expect(await runEveryMinute(service, 5)).toEqual({ tried: [], outcomes: [] });
  });

  it('of before a change of the password carries nothing that works, and is not sent again', async () => {
    const service = startAccounts();
    const { access } = tokensOf(await service.register());
    service.meet('retry');
    await service.askReset();
    const passwords = { current_password: joe.password, new_password: NEW_PASSWORD };
    expect(await service.post('/auth/password', passwords, bearer(access))).toMatchObject({ status: 200 });
    expect(await runEveryMinute(service, 5)).toEqual({ tried: [], outcomes: [] });
    const letter = service.letter('reset_password');
    const dead = { status: 400, body: { code: 'invalid_challenge' } };
    expect(await service.confirmReset({ token: tokenOf(letter) })).toMatchObject(dead);
    expect(await service.confirmReset({ email: joe.email, code: codeOf(letter) })).toMatchObject(dead);
  });

  it('with an undo is sent again whatever the version of the account', async () => {
    const service = startAccounts();
    const { access } = await service.registerVerified();
    await service.askChange(access);
    service.meet('retry');
    await service.confirmChange({ token: tokenOf(service.letter('change_email')) });
    await service.logOut(access, 'all');
    expect(await runEveryMinute(service, 1)).toEqual({ tried: [1], outcomes: ['sent'] });
    expect(await service.undo(tokenOf(service.letter('email_changed')))).toMatchObject({ status: 200 });
  });
});
