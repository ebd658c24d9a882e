import { expect } from 'vitest';
import { emptyTables, sql } from './database.ts';
import { forgetEvents, storedEvents, storedTypes } from './events.ts';
import type { ServiceResponse } from './service.ts';
import { placesBetween, readTables } from './tables.ts';

/** What a response has beside others. */
type Answer = { status?: number; body?: object };

/**
 * A request, ready to be sent once or several times, and what its events name: without `userId` the newest user,
 * without `actor` the user.
 */
export type Prepared = {
  ask: () => Promise<ServiceResponse>;
  userId?: string | null;
  actor?: string;
  sessionId?: string | null;
};

/** A change of an account or a session. */
export type Change = {
  name: string;
  /** The events that the change makes, and their `data`, or the form of its JSON. */
  events: { type: string; data?: object | RegExp }[];
  /** The response, if not 200. */
  answer?: Answer;
  /** The response to the same request when the change is made. */
  again?: Answer;
  /** The response to the same request while the change is made, if it may be another one than `again`. */
  meanwhile?: Answer;
  /** How many of two requests change something, if not one. */
  ofTwo?: number;
  /** Whether one of two requests at once may be refused, because the other has changed something. */
  mayConflict?: boolean;
  /** Starts a service, and does all that comes before the change. */
  prepare: () => Promise<Prepared>;
};

/** Prepares a change, and forgets the events of the preparation. */
async function start({ prepare }: Change): Promise<Prepared> {
  const prepared = await prepare();
  await forgetEvents();
  return prepared;
}

const users = () => sql('SELECT id FROM users ORDER BY registered_at DESC, rowid DESC');

const owners = () => sql('SELECT id FROM users UNION ALL SELECT id FROM clients');

/** Whether the event tells of a guess. A second request may find the password changed or the code used: then it is one. */
const isGuess = (type: unknown) => type === 'login_failed' || type === 'factor_failed';

const typesOf = ({ events }: Change) => events.map(({ type }) => type);

/** The types of the events of both requests. */
const typesOfTwo = (change: Change) => Array.from({ length: change.ofTwo ?? 1 }, () => typesOf(change)).flat();

const firstOf = ({ answer }: Change) => ({ status: 200, ...answer });

export async function expectEvents(change: Change): Promise<void> {
  const { ask, sessionId, userId, actor = 'user' } = await start(change);
  const [before] = await users();
  const response = await ask();
  expect(response).toMatchObject(firstOf(change));
  const [user = before] = await users();
  const ofRequest = {
    user_id: userId === undefined ? user?.['id'] : userId,
    actor,
    request_id: response.headers.get('x-request-id'),
    ...(sessionId !== undefined && { session_id: sessionId }),
  };
  const events = await storedEvents();
  expect(events).toMatchObject(
    change.events.map(({ type, data }) => ({
      type,
      ...ofRequest,
      data: data === undefined ? null : data instanceof RegExp ? expect.stringMatching(data) : JSON.stringify(data),
    })),
  );
}

/** The types of the stored events, without those of guesses that the change is not about. */
async function typesOfChange(change: Change): Promise<string[]> {
  const types = (await storedTypes()).map(String);
  return types.filter((type) => !isGuess(type) || typesOf(change).includes(type));
}

/** In any order. */
export async function expectEventsOfTwoAtOnce(change: Change): Promise<void> {
  const { ask } = await start(change);
  const responses = await Promise.all([ask(), ask()]);
  const done = responses.filter(({ status }) => status === firstOf(change).status);
  const types = change.mayConflict === true ? done.flatMap(() => typesOf(change)) : typesOfTwo(change);
  expect(done).not.toEqual([]);
  expect((await typesOfChange(change)).toSorted()).toEqual(types.toSorted());
  const { again, meanwhile } = change;
  if (again === undefined) return;
  const words = responses.map(wordsOf).toSorted();
  const pairs = [again, meanwhile ?? again].map((other) => [firstOf(change), other].map(wordsOf).toSorted());
  expect(pairs).toContainEqual(words);
}

/** What a response says, without its numbers: those of two at once depend on which comes first. */
const wordsOf = ({ status = 200, body = {} }: Answer) =>
  `${status} ${String(Reflect.get(body, 'code') ?? Reflect.get(body, 'message'))}`;

export async function expectEventsOfTwo(change: Change): Promise<void> {
  const { ask } = await start(change);
  await ask();
  const second = await ask();
  expect(await typesOfChange(change)).toEqual(typesOfTwo(change));
  if (change.again !== undefined) expect(second).toMatchObject({ status: 200, ...change.again });
}

/** Reads what events tell about. */
type Read = () => Promise<unknown>;

/** Breaks the database wherever the change changes a row, one place at a time. */
export async function expectAllOrNothing(change: Change, read: Read): Promise<void> {
  const { ask } = await start(change);
  const tables = await readTables();
  await ask();
  const places = placesBetween(tables, await readTables());

  const all = typesOf(change);
  let failures = 0;
  for (const place of places) {
    const { status, before, after, types, seen } = await breakAt(place, change, read);
    if (status === 503) failures += 1;
    // The end of all sessions, or a disabled client, is the first batch of a deletion, and its event the first of two.
    const stored = status === 503 ? all.slice(0, types.length) : all;
    expect(types, place).toEqual(stored);
    const half = types.length > 0;
    const isUnchanged = JSON.stringify(after) === JSON.stringify(before);
    if (status === 503)
      expect({ isUnchanged, ...seen }, place).toEqual({ isUnchanged: !half, isRevoked: half, isGone: false });
  }
  expect(failures > 0, String(places)).toBe(true);
}

/** Asks for the change while the database fails at `place`. Returns what there was before, and what there is after. */
async function breakAt(place: string, change: Change, read: Read) {
  await emptyTables();
  const { ask } = await start(change);
  const before = await read();
  const { length } = await owners();
  await sql(`CREATE TRIGGER broken BEFORE ${place} BEGIN SELECT RAISE(ABORT, 'injected'); END`);
  try {
    const { status } = await ask();
    const ended =
      'SELECT 1 FROM sessions WHERE revoked_at IS NOT NULL UNION ALL SELECT 1 FROM clients WHERE disabled_at > 1';
    const isRevoked = (await sql(ended)).length > 0;
    const isGone = (await owners()).length < length;
    return { status, before, after: await read(), types: await storedTypes(), seen: { isRevoked, isGone } };
  } finally {
    await sql('DROP TRIGGER broken');
  }
}
