import { it } from 'vitest';
import { changesBy } from '../../support/admin-changes.ts';
import { expectAllOrNothing, expectEvents, expectEventsOfTwo, expectEventsOfTwoAtOnce } from '../../support/change.ts';
import { sql } from '../../support/database.ts';

const ofOperators = changesBy('operator');
const changes = [...ofOperators, ...changesBy('administrator')];

it.each(changes)('$name has its events and no other', (change) => expectEvents(change));

it.each(changes)('$name has its events once when it is asked for twice at once', (change) =>
  expectEventsOfTwoAtOnce(change),
);

it.each(changes)('$name has no events when it is asked for again and changes nothing', (change) =>
  expectEventsOfTwo(change),
);

/** What the events tell about, in the columns of `users`. Without the version, which counts up before a deletion. */
const OF_USERS =
  'id, email, password_hash, admin, roles, claims, rights_version, locale, email_verified_at, disabled_at, undeliverable_at';

const read = () =>
  Promise.all(
    [
      `SELECT ${OF_USERS} FROM users ORDER BY id`,
      ...[
        'sessions',
        'api_keys',
        'totps',
        'passkeys',
        'recovery_codes',
        'user_roles',
        'challenges',
        'outbox',
        'login_attempts',
        'known_networks',
        'clients',
      ].map((table) => `SELECT * FROM ${table} ORDER BY 1, 2`),
    ].map((statement) => sql(statement)),
  );

// The statements are the same for administrators.
it.each(ofOperators.filter(({ events }) => events.length > 0))(
  '$name and its events are stored together or not at all, wherever the database fails',
  async (change) => expectAllOrNothing(change, read),
);
