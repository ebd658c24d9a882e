import { expect, it } from 'vitest';
import { changes, prepareChange } from '../../support/changes.ts';
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
      await emptyTables();
      const { ask } = await prepareChange(change);
      const before = await state();
      await sql(`CREATE TRIGGER broken BEFORE ${place} BEGIN SELECT RAISE(ABORT, 'injected'); END`);
      const { status } = await ask().finally(() => sql('DROP TRIGGER broken'));
      const types = await storedTypes();
      if (status !== 503) {
        expect(types, place).toEqual(change.events.map(({ type }) => type));
        continue;
      }
      failures += 1;
      const after = await state();
      if (types.length === 0) expect(after, place).toEqual(before);
      // The end of all sessions is the first batch of a deletion.
      else expect({ types, users: after.users.length }, place).toEqual({ types: ['sessions_revoked'], users: 1 });
      expect(
        after.sessions.some((session) => session['revoked_at'] !== null),
        place,
      ).toBe(types.length > 0);
    }
    expect(failures).toBeGreaterThan(0);
  },
);
