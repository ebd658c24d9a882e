import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { findScans } from '../../scripts/bench/growth/scans.ts';
import { cleanUp } from '../../src/domain/clean-up.ts';
import * as users from '../../src/store/statements/admin/list-users.ts';
import { countLegacyHashes } from '../../src/store/statements/admin/count-legacy-hashes.ts';
import { listClients } from '../../src/store/statements/oauth/list-clients.ts';
import { listings as events } from '../../src/store/statements/event/list-events.ts';
import { deleteExpiredKeys, deleteRevokedKeys } from '../../src/store/statements/key/delete-ended-keys.ts';
import { insertKey } from '../../src/store/statements/key/insert-key.ts';
import { insertNoticeOfKey } from '../../src/store/statements/mail/insert-notice.ts';
import { listKeys } from '../../src/store/statements/key/list-keys.ts';
import { wire } from '../../src/wire.ts';
import { startClients } from '../support/clients.ts';
import { emptyTables, sql } from '../support/database.ts';
import { documentedRequests, prepare } from '../support/documented-requests.ts';
import { withMail } from '../support/mailed.ts';
import { silent, tokensOf } from '../support/service.ts';
import { watchDatabase } from '../support/storage.ts';

const files = import.meta.glob<Record<string, unknown>>('/src/store/statements/*/*.ts', { eager: true });

/** Binds `null` to every name. */
const nothing = new Proxy({}, { get: () => null });

/** The SQL of every statement in src/store/statements, also of those that no request of a test makes. */
const written = Object.values(files).flatMap((file) => Object.values(file).flatMap(sqlOf));

function sqlOf(write: unknown): string[] {
  if (isRecord(write)) return Object.values(write).flatMap(sqlOf);
  if (typeof write !== 'function') return [];
  try {
    const made: unknown = Reflect.apply(write, undefined, [nothing]);
    const parts: unknown[] = Array.isArray(made) ? made : [made];
    return parts.flatMap((part) => {
      const { sql }: Record<string, unknown> = { ...Object(part) };
      return typeof sql === 'string' ? [sql] : [];
    });
  } catch (error) {
    // A function that puts statements together takes more than values. The statements are exported too.
    if (error instanceof TypeError) return [];
    throw error;
  }
}

/** Statements may be in records of records. */
function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

async function planOf(statement: string): Promise<string[]> {
  const values = Array.from(statement.matchAll(/\?/g), () => null);
  const steps = await sql(`EXPLAIN QUERY PLAN ${statement}`, ...values);
  return steps.map(({ detail }) => String(detail));
}

it('recognizes a table scan', async () => {
  const plan = await planOf('SELECT * FROM users WHERE admin = ?');
  expect(plan).toEqual(['SCAN users']);
  expect(findScans(plan)).toEqual(plan);
});

it('uses an index for every statement of every route', async () => {
  const statements = new Set<string>();
  const database = watchDatabase((batch) => batch.forEach((sql) => statements.add(sql)));
  for (const request of documentedRequests) {
    const { name, env: own, ask, success } = request;
    await emptyTables();
    const service = startClients({ env: { ...withMail(), ...own, ...database } });
    expect(await ask(service, await prepare(request)), name).toMatchObject({ status: success });
  }
  await emptyTables();
  const service = startClients({ env: database });
  const tokens = tokensOf(await service.register());
  await startClients({ env: { ...database, PBKDF2_ITERATIONS: '2000' } }).logIn();
  await service.logOut(tokens.access);
  await service.refresh(tokens.refresh);
  await service.logOut(tokens.access);
  await wire({ ...env, ...database }, silent).logins.isKnown('a', new Date());
  await cleanUp(wire({ ...env, ...database }, silent));

  expect(written.length).toBeGreaterThanOrEqual(60);
  for (const statement of written) statements.add(statement);
  const scans: Record<string, string[]> = {};
  for (const statement of statements) {
    const steps = findScans(await planOf(statement));
    if (steps.length > 0) scans[statement] = steps;
  }
  expect(scans).toEqual({});
});

describe('a list', () => {
  const { '': all, ...filtered } = events.oldest;

  it.each([
    ['all users', users.listAllUsers, 'users USING INDEX users_registered_at'],
    ['administrators', users.listAdmins, 'users USING INDEX users_admin'],
    ['disabled users', users.listDisabledUsers, 'users USING INDEX users_disabled'],
    ['users who are not verified', users.listUnverifiedUsers, 'users USING INDEX users_unverified'],
    ['the users of a role', users.listUsersOfRole, 'user_roles USING COVERING INDEX user_roles_role'],
    ['users by address', users.listUsersByEmail, 'users USING INDEX users_email_unique'],
    ['users by domain', users.listUsersByDomain, 'users USING INDEX users_domain'],
    ['clients', listClients, 'clients USING INDEX clients_created_at'],
    ['all events', all, 'events USING INTEGER PRIMARY KEY'],
    ['all events, the newest first', events.newest[''], 'events USING INTEGER PRIMARY KEY'],
    ['the events of a user', filtered.OfUser, 'events USING INDEX events_user_id'],
    ['the events of a user, the newest first', events.newest.OfUser, 'events USING INDEX events_user_id'],
    ['the events of a type', filtered.OfType, 'events USING INDEX events_type'],
    ['the events of a type, the newest first', events.newest.OfType, 'events USING INDEX events_type'],
    ['the events of a type of a user', filtered.OfUserOfType, 'events USING INDEX events_user_id'],
    ['the keys of a user', listKeys.user, 'api_keys USING INDEX api_keys_user_id'],
    ['the keys of a client', listKeys.client, 'api_keys USING INDEX api_keys_client_id'],
  ])('of %s is read in the order of an index, and not sorted', async (_, list, index) => {
    const plans = await Promise.all(sqlOf(list).map(planOf));
    expect(plans).toHaveLength(1);
    for (const plan of plans) {
      expect(plan[0]).toMatch(new RegExp(`^SEARCH ${index}\\b`));
      expect(plan.filter((step) => step.includes('TEMP B-TREE'))).toEqual([]);
    }
  });

  it.each(Object.entries(users))(
    'of users looks at the roles of each user, not at all users of a role: %s',
    async (_, list) => {
      const [plan = []] = await Promise.all(sqlOf(list).map(planOf));
      expect(plan.findLast((step) => step.startsWith('SEARCH user_roles'))).toMatch(/INDEX user_roles_user_id\b/);
    },
  );
});

it('counts hashes of other systems by the index that has no others', async () => {
  const plans = await Promise.all(sqlOf(countLegacyHashes).map(planOf));
  expect(plans).toHaveLength(1);
  expect(plans[0]?.[0]).toMatch(/^SCAN users USING INDEX users_legacy/);
});

it('finds the sessions of a deleted user by an index', async () => {
  expect(await planOf('DELETE FROM sessions WHERE user_id = ?')).toEqual([
    'SEARCH sessions USING COVERING INDEX sessions_user_id (user_id=?)',
  ]);
});

describe('the keys of an owner', () => {
  it.each(['user', 'client'] as const)(
    'are counted in the index, without those that are revoked: a %s',
    async (kind) => {
      const [plan = []] = await Promise.all(sqlOf(insertKey[kind]).map(planOf));
      expect(plan).toContain(
        `SEARCH api_keys USING COVERING INDEX api_keys_${kind}_id (${kind}_id=? AND revoked_at=?)`,
      );
    },
  );

  it.each(['user', 'client'] as const)(
    'are listed by the index, without those that are revoked: a %s',
    async (kind) => {
      const [plan = []] = await Promise.all(sqlOf(listKeys[kind]).map(planOf));
      expect(plan).toEqual([expect.stringContaining(`api_keys_${kind}_id (${kind}_id=? AND revoked_at=? AND `)]);
    },
  );

  it('are found by their id for a notice to the owner', async () => {
    const [plan = []] = await Promise.all(sqlOf(insertNoticeOfKey).map(planOf));
    expect(plan).toContainEqual(
      expect.stringMatching(/^SEARCH api_keys USING INDEX sqlite_autoindex_api_keys_1 \(id=\?\)$/),
    );
    expect(plan).toContainEqual(expect.stringMatching(/^SEARCH users USING INDEX sqlite_autoindex_users_1 \(id=\?\)$/));
  });

  it.each(['user_id', 'client_id'])('are deleted with it by the index: %s', async (column) => {
    expect(await planOf(`DELETE FROM api_keys WHERE ${column} = ?`)).toEqual([
      `SEARCH api_keys USING COVERING INDEX api_keys_${column} (${column}=?)`,
    ]);
  });

  it.each([
    ['revoked_at', deleteRevokedKeys],
    ['expires_at', deleteExpiredKeys],
  ])('are cleaned up by the index of %s', async (column, statement) => {
    const [plan = []] = await Promise.all(sqlOf(statement).map(planOf));
    expect(plan.join('\n')).toContain(`SEARCH api_keys USING INDEX api_keys_${column} (${column}<?)`);
  });
});
