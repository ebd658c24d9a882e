import { createExecutionContext, createScheduledController, waitOnExecutionContext } from 'cloudflare:test';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cleanUp } from '../../../src/domain/clean-up.ts';
import worker from '../../../src/index.ts';
import { wire } from '../../../src/wire.ts';
import { addKeys } from '../../support/api-keys.ts';
import { sql } from '../../support/database.ts';
import { addClient } from '../../support/machines.ts';
import { bindProduction } from '../../support/production.ts';
import { countRows, joe, silent, startService, tokensOf } from '../../support/service.ts';
import { fail, watchDatabase } from '../../support/storage.ts';
import { asOneRequest } from '../../support/subrequests.ts';

const { register, logIn, status, logOut } = startService();

let written: string[];
beforeEach(() => {
  written = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void written.push(line));
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

async function runCron(replaced: object = {}, cron = '*/10 * * * *') {
  written = [];
  const context = createExecutionContext();
  const controller = createScheduledController({ cron });
  await asOneRequest(() => worker.scheduled(controller, bindProduction(replaced), context));
  await waitOnExecutionContext(context);
  return written.map((line): unknown => JSON.parse(line));
}

const DAY = 86_400_000;
const none = {
  attempts: 0,
  networks: 0,
  events: 0,
  apiKeys: 0,
  usedTokens: 0,
  challenges: 0,
  mails: 0,
  mailRequests: 0,
};
const lineOf = (sessions: number) => ({
  level: 'info',
  job: 'clean_up',
  deleted: { sessions, ...none },
  complete: true,
});

/** Adds `count` sessions of the registered user that ended `ago` milliseconds ago. */
async function addEnded(count: number, ago: number) {
  await sql(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) INSERT INTO sessions (id, user_id, generation, started_at, expires_at) SELECT 'ended ' || ?2 || ' ' || i, (SELECT id FROM users), 0, 0, ?2 FROM n",
    count,
    Date.now() - ago,
  );
}

/** Adds `count` expired login attempts. */
async function addForgotten(count: number) {
  const numbers = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)';
  await sql(`INSERT INTO login_attempts (key, retry_at, forgotten_at) ${numbers} SELECT i, 0, 0 FROM n`, count);
}

/** Adds `count` events of `ago` milliseconds ago. */
async function addEvents(count: number, ago: number) {
  await sql(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) INSERT INTO events (type, at, actor) SELECT 'login', ?, 'user' FROM n",
    count,
    Date.now() - ago,
  );
}

describe('the clean-up', () => {
  it('deletes sessions that ended two days ago, and logs how many', async () => {
    const { access } = tokensOf(await register());
    await addEnded(3, 2 * DAY);
    await addEnded(2, 2 * DAY - 60_000);
    expect(await runCron()).toEqual([lineOf(3)]);
    expect(await countRows()).toEqual({ users: 1, sessions: 3 });
    expect(await status(access)).toMatchObject({ status: 200 });
    expect(await runCron()).toEqual([lineOf(0)]);
  });

  it('deletes sessions that were logged out two days ago', async () => {
    const { access } = tokensOf(await register());
    await logIn();
    const past = startService({ deps: { now: () => new Date(Date.now() - 2 * DAY) } });
    const old = tokensOf(await past.logIn());
    await past.logOut(old.access);
    await logOut(access);
    expect(await runCron()).toEqual([lineOf(1)]);
    expect(await countRows()).toEqual({ users: 1, sessions: 2 });
  });

  it('goes on as long as there are rows to delete', async () => {
    await register();
    await addEnded(5100, 3 * DAY);
    await addForgotten(10_100);
    expect(await runCron()).toMatchObject([{ deleted: { sessions: 5100, attempts: 10_100 }, complete: true }]);
    expect(await countRows()).toEqual({ users: 1, sessions: 1 });
  });

  it('warns when it does not finish in five minutes, and goes on the next time', async () => {
    await register();
    await addEnded(3600, 3 * DAY);
    vi.useFakeTimers({ toFake: ['Date'] });
    const takeAMinute = () => void vi.setSystemTime(Date.now() + 60_000);
    expect(await runCron(watchDatabase(takeAMinute))).toEqual([
      { level: 'warn', job: 'clean_up', deleted: { sessions: 3500, ...none }, complete: false },
    ]);
    vi.useRealTimers();
    expect(await runCron()).toEqual([lineOf(100)]);
  });

  it('stops after 215 rounds, because D1 takes a thousand statements of one run', async () => {
    await register();
    await addEnded(216, 3 * DAY);
    const deps = wire(bindProduction(), silent);
    const run = () => asOneRequest(() => cleanUp(deps, 1));
    expect(await run()).toEqual({ sessions: 215, ...none, isComplete: false });
    expect(await run()).toEqual({ sessions: 1, ...none, isComplete: true });
  });

  it('fails when the database does, and logs the reason', async () => {
    await expect(runCron(watchDatabase(fail))).rejects.toThrow('injected');
    const lines = written.map((line): unknown => JSON.parse(line));
    expect(lines).toEqual([{ level: 'error', job: 'clean_up', reason: 'database: D1_ERROR: injected: SQLITE_ERROR' }]);
  });

  it('deletes expired login attempts and known networks', async () => {
    const past = (days: number) => startService({ deps: { now: () => new Date(Date.now() - days * DAY) } });
    await past(91).register();
    await past(89).logIn();
    await past(1).logIn({ ...joe, password: 'wrong password' });
    await logIn({ ...joe, email: 'jane@gmail.com' });
    expect(await runCron()).toMatchObject([{ deleted: { attempts: 1, networks: 0 }, complete: true }]);
    await sql('UPDATE known_networks SET known_until = known_until - ?', 90 * DAY);
    expect(await runCron()).toMatchObject([{ deleted: { attempts: 0, networks: 1 }, complete: true }]);
    expect(await sql('SELECT 1 FROM login_attempts')).toHaveLength(3);
  });

  it('deletes events that are older than EVENT_RETENTION_DAYS', async () => {
    const [day, now] = [DAY, Date.now()];
    for (const daysAgo of [91, 90, 89, 8, 6])
      await sql("INSERT INTO events (type, at, actor) VALUES ('login', ?, 'user')", now - daysAgo * day);
    expect(await runCron()).toMatchObject([{ deleted: { events: 2 }, complete: true }]);
    expect(await runCron({ EVENT_RETENTION_DAYS: '7' })).toMatchObject([{ deleted: { events: 2 }, complete: true }]);
    expect(await sql('SELECT id FROM events')).toHaveLength(1);
  });

  it('leaves the newest event, so that no id comes twice', async () => {
    await addEvents(3, 100 * DAY);
    const [last] = await sql('SELECT max(id) AS id FROM events');
    expect(await runCron()).toMatchObject([{ deleted: { events: 2 } }]);
    await register();
    const events = await sql('SELECT id FROM events ORDER BY id');
    expect(events.map(({ id }) => id)).toEqual([last?.['id'], Number(last?.['id']) + 1]);
    expect(await runCron()).toMatchObject([{ deleted: { events: 1 } }]);
  });

  it('goes on as long as there are old events, and never over one that is not old', async () => {
    await addEvents(7100, 100 * DAY);
    await addEvents(1, DAY);
    await addEvents(5, 100 * DAY);
    expect(await runCron()).toMatchObject([{ deleted: { events: 7100 }, complete: true }]);
    expect(await sql('SELECT id FROM events')).toHaveLength(6);
  });

  it('deletes operator tokens that are over, on a machine whose clock is a minute behind too', async () => {
    await sql("INSERT INTO operator_tokens VALUES ('over', ?), ('late', ?)", Date.now() - 60_001, Date.now() - 30_000);
    expect(await runCron()).toMatchObject([{ deleted: { usedTokens: 1 }, complete: true }]);
    expect(await sql('SELECT id FROM operator_tokens')).toEqual([{ id: 'late' }]);
  });

  it('deletes API keys that were revoked or expired two days ago, and no other', async () => {
    await addClient({ id: 'robot' });
    const robot = { column: 'client_id' as const, id: 'robot' };
    const [over, late] = [Date.now() - 2 * DAY, Date.now() - 2 * DAY + 60_000];
    await addKeys(2, robot, { revokedAt: over, prefix: 'a' });
    await addKeys(3, robot, { expiresAt: over, prefix: 'b' });
    await addKeys(1, robot, { expiresAt: over, revokedAt: over, prefix: 'c' });
    await addKeys(1, robot, { revokedAt: late, expiresAt: late, prefix: 'd' });
    await addKeys(1, robot, { prefix: 'e' });
    expect(await runCron()).toMatchObject([{ deleted: { apiKeys: 6 }, complete: true }]);
    expect(await sql('SELECT substr(id, 1, 1) AS id FROM api_keys ORDER BY id')).toEqual([{ id: 'd' }, { id: 'e' }]);
  });

  it('deletes 7,000 API keys of either kind in a run, and warns when that may not be all', async () => {
    await addClient({ id: 'robot' });
    const robot = { column: 'client_id' as const, id: 'robot' };
    await addKeys(7001, robot, { revokedAt: 1, prefix: 'a' });
    await addKeys(10, robot, { expiresAt: 1, prefix: 'b' });
    expect(await runCron()).toMatchObject([{ level: 'warn', deleted: { apiKeys: 7010 }, complete: false }]);
    expect(await runCron()).toMatchObject([{ level: 'info', deleted: { apiKeys: 1 }, complete: true }]);
  });
});
