import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { command } from '../../../../scripts/ops/events.ts';
import { createAdmin } from '../../../../scripts/ops/admin/client.ts';
import { follow, readNewest } from '../../../../scripts/ops/admin/follow.ts';
import { call } from '../../call.ts';
import { event, ID, refuse, standIn, succeed } from './stand-in.ts';

const token = async () => 'token';

/** The events of a log with ids from 1 to `newest()`, as the service pages them. */
const pages =
  (newest: () => number) =>
  ({ query: { after, order, limit = '100' } }: { query: Record<string, string> }) => {
    const all = Array.from({ length: newest() }, (_, index) => index + 1);
    const ordered = order === 'newest' ? all.toReversed() : all;
    const isLater = (id: number) =>
      after === undefined || (order === 'newest' ? id < Number(after) : id > Number(after));
    const later = ordered.filter(isLater);
    const part = later.slice(0, Number(limit)).map((id) => ({ ...event, id: String(id) }));
    return succeed({ data: part, next: later.length > part.length ? part.at(-1)?.id : null });
  };

describe('npm run events', () => {
  it('prints the newest events, oldest first', async () => {
    const { flags } = await standIn({ 'GET /admin/events': pages(() => 250) });
    const { status, stdout } = await call(command, '--limit', '3', ...flags);
    expect(status).toBe(0);
    expect(stdout.split('\n').map((line) => line.split(/ +/).slice(0, 4).join(' '))).toEqual([
      'id time event user',
      '248 2026-11-20 10:00:00Z login',
      '249 2026-11-20 10:00:00Z login',
      '250 2026-11-20 10:00:00Z login',
      '',
    ]);
    const many = await call(command, '--limit', '220', '--json', ...flags);
    const ids = many.stdout
      .trim()
      .split('\n')
      .map((line) => z.object({ id: z.string() }).parse(JSON.parse(line)).id);
    expect(ids).toEqual(Array.from({ length: 220 }, (_, index) => String(index + 31)));
  });

  it('asks for the events of one user and of one type, also of a user who is gone', async () => {
    const { asked, flags } = await standIn({ 'GET /admin/events': () => succeed({ data: [], next: null }) });
    expect(await call(command, '--user', ID, '--type', 'login', ...flags)).toEqual({
      status: 0,
      stdout: '',
      stderr: 'No such event yet.\n',
    });
    expect(asked.map(({ query }) => query)).toEqual([{ user_id: ID, type: 'login', order: 'newest', limit: '20' }]);
  });

  it('lists the types when there is no such one', async () => {
    const { status, stdout, stderr } = await call(command, '--type', 'hunter2');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(
      /^There is no such type of event\. The types are user_registered, .*, mail_failed\.\nusage: /,
    );
    expect(stderr).not.toContain('hunter2');
  });

  it('says how to name a deleted user, whose address nobody has any more', async () => {
    const { flags } = await standIn({ 'GET /admin/users': () => succeed({ data: [], next: null }) });
    expect(await call(command, '--user', 'ben@example.org', ...flags)).toEqual({
      status: 1,
      stdout: '',
      stderr: 'There is no account with this address. Name a deleted user by the id.\n',
    });
  });

  it('shows what is in an event, and the user agent last and escaped', async () => {
    const rich = { ...event, data: { added: ['a'], reason: 'x y' }, request_id: 'r', user_agent: 'Evil\u001b[2J "x"' };
    const { flags } = await standIn({ 'GET /admin/events': () => succeed({ data: [rich], next: null }) });
    const { stdout } = await call(command, ...flags);
    expect(stdout.split('\n')[1]).toMatch(
      /user  203\.0\.113\.0\/24 DE  added=\["a"\] reason=x y request=r "Evil\\u001b\[2J \\"x\\""$/,
    );
  });

  it.each([['x'], ['--limit', '0'], ['--user', '..'], ['--followed'], ['--limit', '-1']])(
    'refuses %j',
    async (...args) => {
      expect(await call(command, ...args)).toMatchObject({ status: 2, stdout: '' });
    },
  );
});

describe('following events', () => {
  it('goes on from the newest, misses none and repeats none, whatever requests fail', async () => {
    let newest = 5;
    let requests = 0;
    const { url } = await standIn({
      'GET /admin/events': (asked) => {
        requests += 1;
        if (requests % 3 === 0) return refuse(503, 'storage_unavailable');
        if (asked.query['order'] === 'oldest') newest = Math.min(newest + 70, 500);
        return pages(() => newest)(asked);
      },
    });
    const admin = createAdmin({ origin: url, token });
    const ids = (await readNewest(admin, {}, 2)).map(({ id }) => id);
    const failures: unknown[] = [];
    const watch = { after: ids.at(-1), everySeconds: 0.001, onFailure: (error: unknown) => failures.push(error) };
    for await (const events of follow(admin, {}, watch)) {
      ids.push(...events.map(({ id }) => id));
      if (ids.at(-1) === '500') break;
    }
    expect(ids).toEqual(Array.from({ length: 497 }, (_, index) => String(index + 4)));
    expect(failures.length).toBeGreaterThan(1);
  });

  it('begins before all when there was no event yet', async () => {
    const { url } = await standIn({ 'GET /admin/events': pages(() => 2) });
    const admin = createAdmin({ origin: url, token });
    const first = await follow(admin, {}, { after: undefined, everySeconds: 0.001, onFailure: () => {} }).next();
    expect(first.value).toMatchObject([{ id: '1' }, { id: '2' }]);
  });

  it('ends when the service refuses for good', async () => {
    const { url } = await standIn({ 'GET /admin/events': () => refuse(401, 'invalid_token') });
    const admin = createAdmin({ origin: url, token });
    const next = follow(admin, {}, { after: '1', everySeconds: 0.001, onFailure: () => {} }).next();
    await expect(next).rejects.toMatchObject({ said: { status: 401, code: 'invalid_token' } });
  });
});
