import { expect, it } from 'vitest';
import { type Change, changes, prepareChange } from '../../support/changes.ts';
import { emptyTables, sql } from '../../support/database.ts';
import { storedEvents, storedTypes } from '../../support/events.ts';

const users = () => sql('SELECT id FROM users');

it.each(changes)('$name has its events and no other', async (change) => {
  const { ask, sessionId } = await prepareChange(change);
  const [before] = await users();
  const { status, headers } = await ask();
  expect(status).toBe(change.success ?? 200);
  const [user = before] = await users();
  const ofUser = { user_id: user?.['id'], actor: 'user', request_id: headers.get('x-request-id') };
  const events = await storedEvents();
  expect(events).toMatchObject(
    change.events.map(({ type, data }) => ({
      type,
      ...ofUser,
      ...(sessionId !== undefined && { session_id: sessionId }),
      data: data === undefined ? null : JSON.stringify(data),
    })),
  );
});

it.each(changes)('$name has its events once when it is asked for twice at once', async (change) => {
  const { ask } = await prepareChange(change);
  await Promise.all([ask(), ask()]);
  const types = await storedTypes();
  for (const { type } of change.events)
    expect(
      types.filter((each) => each === type),
      String(types),
    ).toHaveLength(change.ofTwo ?? 1);
});

const unrepeatable = changes.filter(({ ofTwo = 1 }) => ofTwo === 1);

it.each(unrepeatable)('$name has no events when it is asked for again', async (change) => {
  const { ask } = await prepareChange(change);
  await ask();
  const events = await storedTypes();
  await ask();
  const own = new Set<unknown>(change.events.map(({ type }) => type));
  expect((await storedTypes()).filter((type) => own.has(type))).toEqual(events);
});

/** Where the database fails: at every statement of this kind that changes a row. */
const breaks = [
  'INSERT ON events',
  'INSERT ON users',
  'UPDATE ON users',
  'DELETE ON users',
  'INSERT ON sessions',
  'UPDATE ON sessions',
  'UPDATE ON challenges',
  'INSERT ON known_networks',
  'INSERT ON outbox',
];

/** What the events tell about. */
const state = async () => ({
  users: await sql('SELECT id, email, password_hash, version, email_verified_at FROM users'),
  sessions: await sql('SELECT id, generation, revoked_at, late_at FROM sessions ORDER BY id'),
  mails: await sql("SELECT id FROM outbox WHERE message = 'reset_password'"),
});

it.each(changes.filter(({ events: [first] }) => first?.type.startsWith('login_') === false))(
  '$name and its events are stored together or not at all, wherever the database fails',
  async (change) => {
    let failures = 0;
    for (const place of breaks) {
      const { status, before, after, types } = await breakAt(place, change);
      failures += status === 503 ? 1 : 0;
      const all = change.events.map(({ type }) => type);
      // The end of all sessions is the first batch of a deletion, and its event the first of two.
      const stored = status === 503 ? all.slice(0, types.length) : all;
      expect(types, place).toEqual(stored);
      const isUnchanged = JSON.stringify(after) === JSON.stringify(before);
      const isRevoked = after.sessions.some((session) => session['revoked_at'] !== null);
      const seen = { isUnchanged, isRevoked, isGone: after.users.length < before.users.length };
      const half = types.length > 0;
      expect(status === 503 ? seen : undefined, place).toEqual(
        status === 503 ? { isUnchanged: !half, isRevoked: half, isGone: false } : undefined,
      );
    }
    expect(failures).toBeGreaterThan(0);
  },
);

/** Asks for the change while the database fails at `place`. Returns what there was before, and what there is after. */
async function breakAt(place: string, change: Change) {
  await emptyTables();
  const { ask } = await prepareChange(change);
  const before = await state();
  await sql(`CREATE TRIGGER broken BEFORE ${place} BEGIN SELECT RAISE(ABORT, 'injected'); END`);
  try {
    const { status } = await ask();
    return { status, before, after: await state(), types: await storedTypes() };
  } finally {
    await sql('DROP TRIGGER broken');
  }
}
