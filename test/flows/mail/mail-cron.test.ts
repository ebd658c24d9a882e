import { describe, expect, it } from 'vitest';
import type { Mailer } from '../../../src/mail/mailer.ts';
import type { Letter } from '../../../src/mail/letter.ts';
import { startAccounts } from '../../support/accounts.ts';
import { sql, sqlValue } from '../../support/database.ts';
import { fail, watchDatabase } from '../../support/storage.ts';
import { spendSubrequests } from '../../support/subrequests.ts';

const mails = () => sqlValue('SELECT count(*) FROM outbox');

/** Adds `count` notices that are due. */
async function addMails(count: number, at: Date) {
  await sql(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
    INSERT INTO outbox (id, message, email, expires_at, tries, retry_at)
    SELECT 'mail ' || i, 'password_changed', i || '@gmail.com', ?2, 0, ?3 - i FROM n`,
    count,
    at.getTime() + 86_400_000,
    at.getTime(),
  );
}

describe('the cron of mails', () => {
  it('sends each mail once when two run at the same time', async () => {
    const { clock, runMailCron, letters } = startAccounts();
    await addMails(40, clock.now());
    const runs = await Promise.all([runMailCron(), runMailCron(), runMailCron()]);
    expect(runs.reduce((sum, { tried }) => sum + tried, 0)).toBe(40);
    expect(letters).toHaveLength(40);
    expect(new Set(letters.map(({ id }) => id)).size).toBe(40);
    expect(await mails()).toBe(0);
  });

  it('sends each mail once when the request that asked for it sends it too', async () => {
    const service = startAccounts();
    await service.register();
    service.letters.length = 0;
    const [answer] = await Promise.all([service.askReset(), service.runMailCron(), service.runMailCron()]);
    expect(answer).toMatchObject({ status: 202 });
    await service.runMailCron();
    expect(service.letters).toHaveLength(1);
  });

  it('keeps to the thousand subrequests of a run, and begins with the oldest mails', async () => {
    const letters: Letter[] = [];
    const mailer: Mailer = {
      send: async (letter) => {
        spendSubrequests();
        letters.push(letter);
        return 'sent';
      },
    };
    const { clock, runMailCron } = startAccounts({ deps: { mailer } });
    await addMails(320, clock.now());
    const first = await runMailCron();
    expect(first.outcomes).toHaveLength(first.tried);
    expect(first.tried).toBe(300);
    expect(await mails(), 'every mail that was sent is settled').toBe(20);
    expect(
      letters
        .slice(0, 6)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual([315, 316, 317, 318, 319, 320].map((number) => `mail ${number}`));
    expect((await runMailCron()).tried).toBe(20);
    expect(new Set(letters.map(({ id }) => id)).size).toBe(320);
  });

  it('goes on with the others when one mail meets a failure of the database', async () => {
    const { clock, runMailCron, letters } = startAccounts();
    await addMails(5, clock.now());
    let trips = 0;
    const env = watchDatabase(() => {
      trips += 1;
      if (trips === 2) fail();
    });
    const broken = startAccounts({ env, deps: { now: clock.now } });
    expect((await broken.runMailCron()).tried).toBe(5);
    expect(broken.letters).toHaveLength(5);
    expect(await mails()).toBe(1);
    clock.pass(60);
    expect((await runMailCron()).tried).toBe(1);
    expect(broken.letters.map(({ id }) => id)).toContain(letters[0]?.id);
  });

  it('fails when the database does', async () => {
    await expect(startAccounts({ env: watchDatabase(fail) }).runMailCron()).rejects.toThrow('injected');
  });
});
