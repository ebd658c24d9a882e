import { createExecutionContext, createScheduledController, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import worker from '../../src/index.ts';
import { sql } from '../support/database.ts';
import { countRows, startService, tokensOf } from '../support/service.ts';
import { fail, watchDatabase } from '../support/storage.ts';

const { register, logIn, status, logOut } = startService();

let written: string[];
beforeEach(() => {
  written = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void written.push(line));
});
afterEach(() => vi.restoreAllMocks());

async function runCron(bindings = env) {
  written = [];
  const context = createExecutionContext();
  await worker.scheduled(createScheduledController(), bindings);
  await waitOnExecutionContext(context);
  return written.map((line): unknown => JSON.parse(line));
}

const DAY = 86_400_000;
const job = 'delete_ended_sessions';

/** So many sessions of the registered user that ended so long ago. */
async function addEnded(count: number, ago: number) {
  await sql(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) INSERT INTO sessions (id, user_id, generation, started_at, expires_at) SELECT 'ended ' || ?2 || ' ' || i, (SELECT id FROM users), 0, 0, ?2 FROM n",
    count,
    Date.now() - ago,
  );
}

it('deletes sessions that ended two days ago, and says how many', async () => {
  const { access } = tokensOf(await register());
  await addEnded(3, 2 * DAY);
  await addEnded(2, 2 * DAY - 60_000);
  expect(await runCron()).toEqual([{ level: 'info', job, deleted: 3, complete: true }]);
  expect(await countRows()).toEqual({ users: 1, sessions: 3 });
  expect(await status(access)).toMatchObject({ status: 200 });
  expect(await runCron()).toEqual([{ level: 'info', job, deleted: 0, complete: true }]);
});

it('deletes those that were logged out as long ago, though they would have gone on', async () => {
  const { access } = tokensOf(await register());
  await logIn();
  const past = startService({ deps: { now: () => new Date(Date.now() - 2 * DAY) } });
  const old = tokensOf(await past.logIn());
  await past.logOut(old.access);
  await logOut(access);
  expect(await runCron()).toEqual([{ level: 'info', job, deleted: 1, complete: true }]);
  expect(await countRows()).toEqual({ users: 1, sessions: 2 });
});

it('deletes no more than ten thousand at a time', async () => {
  await register();
  await addEnded(10_100, 3 * DAY);
  expect(await runCron()).toEqual([{ level: 'info', job, deleted: 10_000, complete: false }]);
  expect(await runCron()).toEqual([{ level: 'info', job, deleted: 100, complete: true }]);
});

it('fails, and says why, when the database does', async () => {
  const broken = { ...env, ...watchDatabase(fail) };
  await expect(runCron(broken)).rejects.toThrow('injected');
  const lines = written.map((line): unknown => JSON.parse(line));
  expect(lines).toEqual([{ level: 'error', job, reason: 'database: D1_ERROR: injected: SQLITE_ERROR' }]);
});
