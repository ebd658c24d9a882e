import { describe, expect, it } from 'vitest';
import { refusal, respond } from '../../support/client.ts';
import { type Answer, event, standIn, succeed, user } from './stand-in.ts';

const usersOf = (ids: string[], next: string | null) =>
  succeed({ data: ids.map((id) => ({ ...user, user_id: id })), next });
const eventsOf = (ids: string[], next: string | null = null) =>
  succeed({ data: ids.map((id) => ({ ...event, id })), next });

/** The ids of what `generator` gives, `count` at most. */
async function take<T>(generator: AsyncIterable<T>, count: number, idOf: (entry: T) => string): Promise<string[]> {
  const ids: string[] = [];
  for await (const entry of generator) {
    ids.push(idOf(entry));
    if (ids.length === count) break;
  }
  return ids;
}

describe('all users', () => {
  it('are read part by part, with the same filters, when they are needed', async () => {
    const { admin, paths } = standIn(usersOf(['a', 'b'], 'c1'), usersOf([], 'c2'), usersOf(['c'], null));
    const all = admin.users.all({ role: 'editor', disabled: false });
    expect(paths()).toEqual([]);
    expect(await take(all, 9, (each) => each.user_id)).toEqual(['a', 'b', 'c']);
    const query = 'role=editor&disabled=false';
    expect(paths()).toEqual([
      `GET /admin/users?${query}`,
      `GET /admin/users?${query}&after=c1`,
      `GET /admin/users?${query}&after=c2`,
    ]);
  });

  it('are read no further than somebody wants', async () => {
    const { admin, paths } = standIn(usersOf(['a', 'b'], 'c1'));
    expect(await take(admin.users.all(), 2, (each) => each.user_id)).toEqual(['a', 'b']);
    expect(paths()).toHaveLength(1);
  });

  it('end with the error of a part', async () => {
    const { admin } = standIn(usersOf(['a'], 'c1'), respond(403, refusal('admin_required')));
    await expect(take(admin.users.all(), 9, (each) => each.user_id)).rejects.toMatchObject({ code: 'admin_required' });
  });
});

describe('events that are followed', () => {
  const follow = (answers: Answer[], given: object = {}) => {
    const { admin, paths } = standIn(...answers);
    return { events: admin.events.follow({ intervalMs: 100, ...given }), paths, admin };
  };
  const idOf = ({ id }: { id: string }) => id;

  it('come in the order of their ids, each once, and go on with those that are new', async () => {
    const answers = [eventsOf(['1', '2'], '2'), eventsOf(['5']), eventsOf([]), eventsOf(['6', '7']), eventsOf(['8'])];
    const { events, paths } = follow(answers, { userId: 'u', type: 'login' });
    expect(await take(events, 6, idOf)).toEqual(['1', '2', '5', '6', '7', '8']);
    const query = 'GET /admin/events?user_id=u&type=login&order=oldest';
    expect(paths()).toEqual([query, `${query}&after=2`, `${query}&after=5`, `${query}&after=5`, `${query}&after=7`]);
  });

  it('begin after an id, also when there is none yet', async () => {
    const { events, paths } = follow([eventsOf([]), eventsOf(['10'])], { after: '9' });
    expect(await take(events, 1, idOf)).toEqual(['10']);
    expect(paths()).toEqual(['GET /admin/events?after=9&order=oldest', 'GET /admin/events?after=9&order=oldest']);
  });

  it('go on at the cursor where all of a part was filtered out', async () => {
    const { events, paths } = follow([eventsOf([], '50'), eventsOf(['51'])]);
    expect(await take(events, 1, idOf)).toEqual(['51']);
    expect(paths()[1]).toBe('GET /admin/events?order=oldest&after=50');
  });

  it('end when the signal aborts: at once, between two events, and while they wait', async () => {
    const stop = new AbortController();
    const { events } = follow([eventsOf(['1', '2'])], { signal: stop.signal });
    for await (const { id } of events) {
      expect(id).toBe('1');
      stop.abort();
    }
    expect(await take(follow([], { signal: stop.signal }).events, 1, idOf)).toEqual([]);

    const later = new AbortController();
    const waiting = follow([eventsOf(['1'])], { signal: later.signal, intervalMs: 2 ** 31 - 1 });
    expect(await waiting.events.next()).toMatchObject({ value: { id: '1' } });
    const end = waiting.events.next();
    later.abort();
    expect(await end).toEqual({ done: true, value: undefined });
    expect(waiting.paths()).toHaveLength(1);
  });

  it('end with the error of a part', async () => {
    const { events } = follow([eventsOf(['1']), respond(401, refusal('invalid_token'))]);
    await expect(take(events, 9, idOf)).rejects.toMatchObject({ code: 'invalid_token' });
  });

  it.each([0, 99, -1, Number.NaN, 2 ** 31, '5000', null])('do not flood the service (%j)', (intervalMs) => {
    const { follow } = standIn().admin.events;
    expect(() => void Reflect.apply(follow, undefined, [{ intervalMs }])).toThrow(TypeError);
  });
});
