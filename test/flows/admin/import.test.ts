import { describe, expect, it } from 'vitest';
import { startAdministration } from '../../support/administration.ts';
import { sql } from '../../support/database.ts';
import { storedEvents } from '../../support/events.ts';
import { importLines, resultsOf } from '../../support/importing.ts';
import { countRows, joe, tokensOf } from '../../support/service.ts';
import known from '../../crypto/legacy/known-answers.json' with { type: 'json' };

const bcrypt = known.find(({ hash }) => hash.startsWith('$2b$04$'))?.hash ?? '';
const service = startAdministration();
const id = '0B9A6D0C-7C9E-4B43-9E37-5A1D6C1F2E30';
const line = { email: 'ann@example.org', password_hash: bcrypt };

const importEvents = async () => (await storedEvents()).filter(({ type }) => type === 'user_imported');

const taken = { status: 200, body: { status: 'success', message: 'Users imported.', imported: 1, refused: 0 } };

describe('POST /admin/import', () => {
  it('makes the accounts with all that the lines say', async () => {
    const registered_on = '2019-03-01T10:20:30.5+02:00';
    const full = {
      ...line,
      id,
      registered_on,
      email_verified: true,
      admin: true,
      roles: ['b', 'a', 'b'],
      locale: 'de',
    };
    const response = await importLines(service, [
      { ...full, claims: { tenant: 'acme' }, disabled: true },
      { email: 'Bob@Example.org', password_hash: null },
    ]);
    expect(response).toMatchObject({ status: 200, body: { imported: 2, unchanged: 0, refused: 0 } });
    const [first, second] = resultsOf(response);
    expect(first).toEqual({ line: 1, outcome: 'imported', user_id: id.toLowerCase(), errors: [] });
    const details = await service.show(id.toLowerCase());
    expect(details).toMatchObject({
      email: 'ann@example.org',
      registered_on: '2019-03-01T08:20:30.500Z',
      email_verified: true,
      admin: true,
      roles: ['a', 'b'],
      claims: { tenant: 'acme' },
      locale: 'de',
      disabled_on: expect.any(String),
      login: { password_scheme: 'bcrypt', password_usable: true },
    });
    expect(await service.show(String(second?.user_id))).toMatchObject({
      email: 'bob@example.org',
      email_verified: false,
      admin: false,
      roles: [],
      claims: {},
      disabled_on: null,
      login: { password_scheme: 'none', password_usable: false },
    });
    expect(await service.find('role=a')).toMatchObject({ emails: ['ann@example.org'] });
    expect(await importEvents()).toMatchObject([
      { user_id: id.toLowerCase(), actor: 'operator', data: '{"scheme":"bcrypt"}' },
      { user_id: second?.user_id, actor: 'operator', data: '{"scheme":"none"}' },
    ]);
  });

  it('says what a login with each kind of hash costs', async () => {
    const { body } = await importLines(service, [line, { ...line, email: 'b@example.org' }, { ...line, email: 'no' }]);
    expect(body['schemes']).toEqual([{ scheme: 'bcrypt', parameters: 'cost 4', users: 2, cpu_ms: expect.any(Number) }]);
  });

  it('changes nothing the second time, whatever has become of the account', async () => {
    const lines = [
      { ...line, id, roles: ['a'] },
      { email: 'b@example.org', password_hash: bcrypt, registered_on: '2020-01-01T00:00:00Z' },
    ];
    const first = resultsOf(await importLines(service, lines)).map(({ user_id }) => user_id);
    await service.change(id.toLowerCase(), { roles: ['c'], claims: { a: 1 } });
    await sql("UPDATE users SET password_hash = 'another', version = 3");
    const before = await sql('SELECT * FROM users ORDER BY id');
    const roles = await sql('SELECT * FROM user_roles');
    const events = await storedEvents();
    const again = await importLines(service, lines);
    expect(again).toMatchObject({ status: 200, body: { imported: 0, unchanged: 2, refused: 0 } });
    expect(resultsOf(again).map(({ user_id }) => user_id)).toEqual(first);
    expect(await sql('SELECT * FROM users ORDER BY id')).toEqual(before);
    expect(await sql('SELECT * FROM user_roles')).toEqual(roles);
    expect(await storedEvents()).toEqual(events);
  });

  it('knows a user without id and time by the hash', async () => {
    await importLines(service, [line]);
    expect(await importLines(service, [line])).toMatchObject({ body: { imported: 0, unchanged: 1 } });
  });

  it('takes no account away from whoever has it', async () => {
    await service.register();
    const before = await sql('SELECT * FROM users');
    const response = await importLines(service, [
      { ...line, email: 'JOE@gmail.com', registered_on: '2020-01-01T00:00:00Z' },
      line,
    ]);
    expect(response).toMatchObject({ status: 200, body: { imported: 1, refused: 1 } });
    expect(resultsOf(response)[0]).toEqual({
      line: 1,
      outcome: 'refused',
      user_id: null,
      errors: [{ path: 'email', message: 'Another account has this address.' }],
    });
    expect(await sql('SELECT * FROM users WHERE email = ?', joe.email)).toEqual(before);
    expect((await service.logIn()).status).toBe(200);
  });

  it('refuses an id that another account has', async () => {
    await importLines(service, [{ ...line, id }]);
    const response = await importLines(service, [{ ...line, id, email: 'b@example.org' }]);
    expect(resultsOf(response)).toMatchObject([
      { outcome: 'refused', errors: [{ path: 'id', message: 'Another account has this id.' }] },
    ]);
    expect(await countRows()).toMatchObject({ users: 1 });
  });

  it('refuses an address that somebody may take back by an undo', async () => {
    await service.register();
    await sql(
      `INSERT INTO challenges (id, purpose, user_id, user_version, email, expires_at, code_expires_at)
       SELECT 'c', 'undo_email', id, 0, 'ann@example.org', 9000000000000, 0 FROM users`,
    );
    const errors = [{ path: 'email', message: 'Another account may take this address back.' }];
    for (const query of ['?dry_run=true', '?dry_run=false']) {
      const response = await importLines(service, [line], { query });
      expect(resultsOf(response)).toMatchObject([{ outcome: 'refused', errors }]);
    }
    expect(await importEvents()).toEqual([]);
  });

  it('takes one of two lines with the same address or id', async () => {
    const response = await importLines(service, [
      { ...line, id },
      { ...line, email: 'ANN@EXAMPLE.ORG' },
      { ...line, email: 'b@example.org', id },
    ]);
    expect(resultsOf(response).map(({ errors }) => errors)).toEqual([
      [],
      [{ path: 'email', message: 'Line 1 has the same address.' }],
      [{ path: 'id', message: 'Line 1 has the same id.' }],
    ]);
    expect(await countRows()).toMatchObject({ users: 1 });
  });

  it('makes one account when two imports run at once', async () => {
    const responses = await Promise.all(
      [1, 2, 3].map(() => importLines(service, [line, { ...line, email: 'b@example.org' }])),
    );
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200]);
    const outcomes = responses.flatMap((response) => resultsOf(response).map(({ outcome }) => outcome));
    expect(outcomes.filter((outcome) => outcome === 'imported')).toHaveLength(2);
    expect(outcomes.filter((outcome) => outcome === 'unchanged')).toHaveLength(4);
    expect(await countRows()).toMatchObject({ users: 2 });
    expect(await importEvents()).toHaveLength(2);
  });

  it('writes nothing in a dry run, and says what would happen', async () => {
    await service.register();
    await importLines(service, [{ ...line, id }]);
    const events = await storedEvents();
    const lines = [
      { ...line, id },
      { ...line, email: joe.email },
      { ...line, email: 'new@example.org' },
    ];
    const response = await importLines(service, lines, { query: '?dry_run=true' });
    expect(response).toMatchObject({
      status: 200,
      body: { message: 'Nothing was written.', imported: 1, unchanged: 1, refused: 1 },
    });
    expect(resultsOf(response).map(({ outcome, user_id }) => [outcome, user_id])).toEqual([
      ['unchanged', id.toLowerCase()],
      ['refused', null],
      ['imported', null],
    ]);
    expect(await countRows()).toMatchObject({ users: 2 });
    expect(await storedEvents()).toEqual(events);
  });

  it.each(['?dryrun=true', '?dry-run=true', '?dry_run=', '?dry_run=1'])(
    'imports nothing when the query may have meant a dry run: %s',
    async (query) => {
      const response = await importLines(service, [line], { query });
      expect(response).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
      expect(await countRows()).toMatchObject({ users: 0 });
    },
  );

  it('lets administrators import too, and names them in the event', async () => {
    const admin = await service.make({ admin: true });
    const { access } = tokensOf(await service.logIn(admin));
    expect(await importLines(service, [line], { token: access })).toMatchObject(taken);
    expect(await importEvents()).toMatchObject([{ actor: `admin:${admin.id}` }]);
  });

  it('stores all lines of a call or none', async () => {
    await sql(
      "CREATE TRIGGER refuse BEFORE INSERT ON user_roles WHEN NEW.role = 'b' BEGIN SELECT RAISE(ABORT, 'no'); END",
    );
    const lines = [line, { ...line, email: 'b@example.org', roles: ['b'] }];
    const response = await importLines(service, lines);
    await sql('DROP TRIGGER refuse');
    expect(response).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });
    expect(await countRows()).toMatchObject({ users: 0 });
    expect(await importEvents()).toEqual([]);
    expect(await importLines(service, lines)).toMatchObject({ body: { imported: 2 } });
  });
});
