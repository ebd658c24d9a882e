import { createAdmin, type ImportLine } from 'latchkey-client/admin';
import { describe, expect, it } from 'vitest';
import { startNetwork, URL_OF_SERVICE as url } from '../../support/client.ts';
import { sql } from '../../support/database.ts';
import { operatorToken } from '../../support/operator.ts';
import { joe } from '../../support/service.ts';

const jane = { email: 'jane@example.org', password: 'correct battery' };

/** Flask-Bcrypt 1.0.1 has made the hash of Jane's password. */
const line: ImportLine = {
  email: jane.email,
  password_hash: '$2b$04$xZMFYtA7O4fpA1RUu7zKCusfMrq7XQfj.A5Yfq6tSPORCn2WkmgHe',
  registered_on: '2020-02-02T10:00:00.000Z',
};

function start() {
  const network = startNetwork();
  return { ...network, operator: createAdmin({ url, fetch: network.fetch, token: () => operatorToken() }) };
}

describe('a user who comes with a hash of another system', () => {
  it('logs in with the old password, and is not counted any more', async () => {
    const { operator, open } = start();
    const { lines, ...report } = await operator.importUsers([line]);
    expect(report).toMatchObject({ imported: 1, unchanged: 0, refused: 0, schemes: [{ scheme: 'bcrypt', users: 1 }] });
    const id = lines[0]?.user_id ?? '';
    expect((await operator.users.get(id)).user.login).toMatchObject({
      password_scheme: 'bcrypt',
      password_usable: true,
    });
    expect(await operator.stats()).toEqual({
      legacyHashes: [{ scheme: 'bcrypt', users: 1 }],
      legacyHashesUntil: undefined,
    });
    const page = open();
    await page.logIn(jane);
    expect(await page.user()).toMatchObject({ user_id: id, registered_on: line.registered_on });
    expect((await operator.stats()).legacyHashes).toEqual([]);
  });

  it('without a password cannot log in before a reset', async () => {
    const { operator } = start();
    const { lines } = await operator.importUsers([{ ...line, password_hash: null }]);
    const { login } = (await operator.users.get(lines[0]?.user_id ?? '')).user;
    expect(login).toMatchObject({ password_scheme: 'none', password_usable: false });
  });
});

describe('an import', () => {
  it('that is dry writes nothing, and says the same', async () => {
    const { operator } = start();
    const { lines, ...report } = await operator.importUsers([line], { dryRun: true });
    expect(lines).toEqual([{ line: 1, outcome: 'imported', user_id: null, errors: [] }]);
    expect(await operator.users.findByAddress(jane.email)).toBeUndefined();
    expect(await operator.importUsers([line])).toMatchObject(report);
  });

  it('takes the good lines and says why it refuses others, and changes nothing when it is repeated', async () => {
    const { operator } = start();
    const costly = { email: joe.email, password_hash: line.password_hash?.replace('$04$', '$15$') ?? '' };
    const { lines } = await operator.importUsers([line, costly]);
    expect(lines).toMatchObject([
      { line: 1, outcome: 'imported', errors: [] },
      { line: 2, outcome: 'refused', user_id: null, errors: [{ path: 'password_hash' }] },
    ]);
    const again = await operator.importUsers([line]);
    expect(again).toMatchObject({ imported: 0, unchanged: 1, lines: [{ user_id: lines[0]?.user_id }] });
  });

  it('needs a line', async () => {
    const { operator } = start();
    await expect(operator.importUsers([])).rejects.toMatchObject({ code: 'invalid_request', status: 400 });
  });
});

describe('an export', () => {
  it('gives in parts what an import takes', async () => {
    const { operator, open } = start();
    await open().register(joe);
    await operator.importUsers([{ ...line, roles: ['editor'], claims: { tenant: 'acme' }, locale: 'de' }]);
    const first = await operator.exportUsers({ limit: 1 });
    const second = await operator.exportUsers({ limit: 1, after: first.next });
    const third = await operator.exportUsers({ after: second.next });
    expect(third).toEqual({ lines: [], next: undefined });
    const lines = [...first.lines, ...second.lines];
    // Then this is the database of another service.
    await sql('DELETE FROM users');
    expect(await operator.importUsers(lines)).toMatchObject({ imported: 2, refused: 0 });
    expect((await operator.exportUsers()).lines).toEqual(lines);
    const page = open();
    await page.logIn(joe);
    await page.logIn(jane);
    expect(await page.user()).toMatchObject({ roles: ['editor'], claims: { tenant: 'acme' }, locale: 'de' });
  });

  it('is for operators only, and an import also for administrators', async () => {
    const { operator, open } = start();
    const page = open();
    await page.register(joe);
    const user = await page.user();
    const joes = createAdmin({ url, fetch: page.fetch });
    await expect(joes.importUsers([line])).rejects.toMatchObject({ code: 'admin_required', status: 403 });
    await operator.users.change(user?.user_id ?? '', { admin: true });
    expect(await joes.importUsers([line])).toMatchObject({ imported: 1 });
    await expect(joes.exportUsers()).rejects.toMatchObject({ code: 'operator_required', status: 403 });
  });
});
