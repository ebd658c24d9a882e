import { it } from 'vitest';
import { expectAllOrNothing, expectEvents, expectEventsOfTwo, expectEventsOfTwoAtOnce } from '../../support/change.ts';
import { changes as ofAccounts } from '../../support/changes.ts';
import { sql } from '../../support/database.ts';
import { factorChanges } from '../../support/factor-changes.ts';

const changes = [...ofAccounts, ...factorChanges];

it.each(changes)('$name has its events and no other', (change) => expectEvents(change));

it.each(changes)('$name has its events once when it is asked for twice at once', (change) =>
  expectEventsOfTwoAtOnce(change),
);

it.each(changes)('$name has no events when it is asked for again and changes nothing', (change) =>
  expectEventsOfTwo(change),
);

/** What the events tell about. */
const read = async () => ({
  users: await sql('SELECT id, email, password_hash, version, email_verified_at FROM users'),
  sessions: await sql('SELECT id, generation, revoked_at, late_at FROM sessions ORDER BY id'),
  keys: await sql('SELECT id, revoked_at FROM api_keys'),
  apps: await sql('SELECT * FROM totps'),
  passkeys: await sql('SELECT * FROM passkeys'),
  codes: await sql('SELECT mac FROM recovery_codes ORDER BY mac'),
  mails: await sql("SELECT id FROM outbox WHERE message = 'reset_password'"),
});

/** These events are stored after the response. */
const late = new Set(['login_failed', 'login_delayed', 'factor_failed', 'passkey_cloned']);

it.each(changes.filter(({ events: [first] }) => first !== undefined && !late.has(first.type)))(
  '$name and its events are stored together or not at all, wherever the database fails',
  async (change) => expectAllOrNothing(change, read),
);
