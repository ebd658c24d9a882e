import { EventEmitter } from 'node:events';
import { expect, it, vi } from 'vitest';
import { createAdmin } from '../../../../scripts/ops/admin/client.ts';
import { importUsers } from '../../../../scripts/ops/import/import-users.ts';
import { startProgress } from '../../../../scripts/ops/import/progress.ts';
import type { Row } from '../../../../scripts/ops/import/read-users.ts';
import { startStop } from '../../../../scripts/ops/import/stop.ts';
import { refuse } from '../admin/stand-in.ts';
import { down, importService, linesOf } from './service.ts';

async function* rowsOf(count: number): AsyncGenerator<Row> {
  for (let number = 1; number <= count; number += 1) {
    const line = { email: `user${number}@example.org`, password_hash: null };
    yield { place: `line ${number}`, user: { line, oldId: undefined } };
  }
}

/** Imports `count` users by a service that fails as `fail` says. `waits` are the seconds between the attempts. */
async function run(count: number, fail: Parameters<typeof importService>[0], isStopped = () => false) {
  const service = await importService(fail);
  const waits: number[] = [];
  const admin = createAdmin({ origin: service.url, token: () => Promise.resolve(`token-${service.asked.length}`) });
  const { tally, error, hasAnswered } = await importUsers(admin, rowsOf(count), {
    isDry: false,
    resetUnsupported: false,
    wait: (seconds) => Promise.resolve(void waits.push(seconds)),
    onFailure: () => {},
    onChunk: () => {},
    print: () => {},
    onProgress: () => {},
    isStopped,
  });
  return { ...service, waits, tally, error, hasAnswered };
}

it('sends a chunk again, with another token, while the service is down', async () => {
  const { waits, tally, error, asked } = await run(600, (number) => ([2, 3].includes(number) ? down : undefined));
  expect({ waits, error, imported: tally.imported }).toEqual({ waits: [1, 2], error: undefined, imported: 600 });
  expect(asked.map((one) => linesOf(one).length)).toEqual([500, 100, 100, 100]);
  expect(new Set(asked.map(({ token }) => token)).size).toBe(4);
});

it('waits as long as the service asks for', async () => {
  const limited = refuse(429, 'too_many_requests', 'No.', { 'Retry-After': '7' });
  expect((await run(1, (number) => (number === 1 ? limited : undefined))).waits).toEqual([7]);
});

it('gives up on a service that stays down, and keeps what is done', async () => {
  const { waits, tally, error, users } = await run(600, (number) => (number > 1 ? down : undefined));
  expect({ waits, imported: tally.imported, users: users.size }).toEqual({
    waits: [1, 2, 4, 8, 16],
    imported: 500,
    users: 500,
  });
  expect(error).toMatchObject({ said: { status: 503, code: 'storage_unavailable' } });
});

it('tries twice only at an address where no Latchkey has answered', async () => {
  const proxy = { status: 502, body: 'Bad gateway' };
  const first = await run(1, () => proxy);
  expect({ waits: first.waits, hasAnswered: first.hasAnswered }).toEqual({ waits: [1], hasAnswered: false });
  const later = await run(600, (number) => (number === 1 ? undefined : proxy));
  expect({ waits: later.waits, hasAnswered: later.hasAnswered }).toEqual({
    waits: [1, 2, 4, 8, 16],
    hasAnswered: true,
  });
});

it('does not send again what is refused for good', async () => {
  const { waits, error } = await run(1, () => refuse(403, 'operator_required'));
  expect({ waits, error }).toMatchObject({ waits: [], error: { said: { status: 403 } } });
});

it('does not take a response for one that has fewer results than there were lines', async () => {
  const { tally, error } = await run(2, () => ({ body: { status: 'success', data: [], schemes: [] } }));
  expect({ imported: tally.imported, message: error?.message }).toEqual({
    imported: 0,
    message: 'The response of the service does not have a result for each line.',
  });
});

it('finishes the chunk when it is interrupted, and only that', async () => {
  const keyboard = new EventEmitter();
  const said: string[] = [];
  const stop = startStop((words) => said.push(words), keyboard);
  const interrupt = () => void keyboard.emit('SIGINT');
  const { users } = await run(
    1200,
    () => interrupt(),
    () => stop.signal.aborted,
  );
  expect({ users: users.size, said }).toEqual({ users: 500, said: ['Stopping after this chunk …'] });
  // A second one is for Node itself, which ends.
  expect(keyboard.listenerCount('SIGINT')).toBe(0);
});

it('shows a bar on a terminal, and a line for each tenth elsewhere', () => {
  const written: string[] = [];
  const bar = startProgress({ isTTY: true, write: (text) => written.push(text) });
  bar.setTotal(200);
  bar.onBytes(50);
  bar.show(1000);
  expect(written).toEqual([`\r\u001b[K[${'#'.repeat(7)}${'.'.repeat(23)}] 25 %, 1,000 rows`]);
  bar.clear();
  bar.clear();
  expect(written.slice(1)).toEqual(['\r\u001b[K']);
  const spy = vi.spyOn(console, 'error').mockImplementation(() => {});
  const lines = startProgress({ write: () => expect.unreachable() });
  lines.setTotal(200);
  for (let rows = 1; rows <= 10; rows += 1) {
    lines.onBytes(5);
    lines.show(rows);
  }
  expect(spy.mock.calls.flat()).toEqual(['10 % read, 4 rows done', '20 % read, 8 rows done']);
  spy.mockRestore();
});
