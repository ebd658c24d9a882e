import { describe, expect, it } from 'vitest';
import { dataOf, listOf, startAdministration } from '../../support/administration.ts';
import { emptyTables, sql } from '../../support/database.ts';
import { storedEvents } from '../../support/events.ts';
import { importLines } from '../../support/importing.ts';
import { joe, tokensOf } from '../../support/service.ts';
import known from '../../crypto/legacy/known-answers.json' with { type: 'json' };

const service = startAdministration();
const exported = (query = '') => service.ask({ route: `GET /admin/export${query}` });

/** Users with all that a user can have, one of this service and one of another. */
async function makeUsers() {
  const bcrypt = known.find(({ hash }) => hash.startsWith('$2b$04$'));
  await service.register();
  await importLines(service, [
    {
      email: 'ann@example.org',
      password_hash: bcrypt?.hash,
      registered_on: '2020-01-01T00:00:00.000Z',
      email_verified: true,
      admin: true,
      roles: ['a', 'b'],
      claims: { tenant: 'acme' },
      disabled: true,
      locale: 'de',
    },
    { email: 'bob@example.org', password_hash: null },
  ]);
}

describe('GET /admin/export', () => {
  it('gives out what an import takes', async () => {
    await makeUsers();
    const rows = 'SELECT * FROM users ORDER BY id';
    const before = await sql(rows);
    const lines = listOf((await exported()).body);
    expect(lines).toHaveLength(3);
    await emptyTables();
    expect(await importLines(service, lines)).toMatchObject({ body: { imported: 3, refused: 0 } });
    const times = { email_verified_at: null, disabled_at: null };
    const plain = (row: Record<string, unknown>) => ({ ...row, ...times });
    expect((await sql(rows)).map(plain)).toEqual(before.map(plain));
    expect(listOf((await exported()).body)).toEqual(lines);
    expect((await service.logIn(joe)).status).toBe(200);
  });

  it('goes on where the page before ended', async () => {
    await makeUsers();
    const first = await exported('?limit=2');
    expect(listOf(first.body)).toHaveLength(2);
    const second = await exported(`?limit=2&after=${String(first.body['next'])}`);
    expect(second.body['next']).toBeNull();
    const all = listOf((await exported()).body);
    expect([...listOf(first.body), ...listOf(second.body)]).toEqual(all);
  });

  it('is an event with the number of users', async () => {
    await makeUsers();
    await exported('?limit=2');
    const events = (await storedEvents()).filter(({ type }) => type === 'users_exported');
    expect(events).toMatchObject([{ user_id: null, actor: 'operator', data: '{"users":2}' }]);
  });

  it('is not for administrators, whose sessions can be stolen', async () => {
    const admin = await service.make({ admin: true });
    const { access } = tokensOf(await service.logIn(admin));
    const response = await service.ask({ route: 'GET /admin/export', token: access });
    expect(response).toMatchObject({ status: 403, body: { code: 'operator_required' } });
    expect((await storedEvents()).filter(({ type }) => type === 'users_exported')).toEqual([]);
  });

  it.each(['limit=0', 'limit=501', 'limit=x', 'limit=', 'page=2', `after=${'a'.repeat(301)}`])(
    'refuses the query %s',
    async (query) => {
      expect(await exported(`?${query}`)).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    },
  );
});

describe('GET /admin/stats', () => {
  it('counts the users whose hash another system has made, or nobody, by scheme', async () => {
    await makeUsers();
    await sql("UPDATE users SET password_hash = 'plain' WHERE email = 'bob@example.org'");
    const response = await service.ask({ route: 'GET /admin/stats' });
    expect(dataOf(response.body)).toEqual({
      legacy_hashes: [
        { scheme: 'bcrypt', users: 1 },
        { scheme: 'unknown', users: 1 },
      ],
      legacy_hashes_until: null,
    });
  });
});
