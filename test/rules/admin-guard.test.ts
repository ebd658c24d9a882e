import { beforeEach, describe, expect, it } from 'vitest';
import { basic, client, startClients } from '../support/clients.ts';
import { emptyTables, sql, sqlValue } from '../support/database.ts';
import { type DeclaredRoute, declaredRoutes } from '../support/declared-routes.ts';
import { isOfAdmin, NEWCOMER_ROUTES } from '../support/documented-requests.ts';
import { lawfulRequest, send } from '../support/lawful-requests.ts';
import { NEWCOMER } from '../support/mailed.ts';
import { operatorToken } from '../support/operator.ts';
import { idsFor, storeClient } from '../support/stored-client.ts';
import { joe, tokensOf } from '../support/service.ts';

const service = startClients();
const routes = declaredRoutes.map((route) => [route.name, route] as const);
const [ofAdmin, others] = [
  routes.filter(([, route]) => isOfAdmin(route)),
  routes.filter(([, route]) => !isOfAdmin(route)),
];

/** joe, who is an administrator, and whose access token says so. jane is one too. Stores a client, too. */
async function makeAdmins() {
  await storeClient();
  await service.register();
  await service.register({ ...joe, email: 'jane@gmail.com' });
  await sql('UPDATE users SET admin = 1');
  const { access, refresh } = tokensOf(await service.logIn());
  return { access, refresh, jane: String(await sqlValue("SELECT id FROM users WHERE email = 'jane@gmail.com'")) };
}

let admins: Awaited<ReturnType<typeof makeAdmins>>;
beforeEach(async () => void (admins = await makeAdmins()));

/** Sends the lawful request of `route`, about jane or the client, with this header. */
async function ask(route: DeclaredRoute, authorization: string) {
  const { access, refresh, jane } = admins;
  const session = String(await sqlValue(`SELECT id FROM sessions WHERE user_id = '${jane}'`));
  const passwords = { password: joe.password, current_password: joe.password, new_password: 'seven honest herons' };
  const email = NEWCOMER_ROUTES.includes(route.name) ? NEWCOMER : joe.email;
  const ids = idsFor(route, { userId: jane, sessionId: session });
  const values = { email, ...passwords, refresh_token: refresh, token: access, ...ids };
  const parts = lawfulRequest(route, values, '');
  // With the token of a mail, a route needs no header. With its code, it does.
  const { path, init } = send(route.fields.includes('code') ? { ...parts, fields: { code: '31415926' } } : parts);
  return service.call(path, { ...init, headers: { ...init.headers, authorization } });
}

/** What every table holds that a refused request must not change. */
const stock = async () => ({
  users: await sql('SELECT * FROM users ORDER BY id'),
  sessions: await sql('SELECT * FROM sessions ORDER BY id'),
  challenges: await sql('SELECT * FROM challenges'),
  operatorTokens: await sql('SELECT * FROM operator_tokens'),
  clients: await sql('SELECT * FROM clients'),
  apiKeys: await sql('SELECT * FROM api_keys'),
});

describe.each(ofAdmin)('%s', (_, route) => {
  async function expectRefusal(authorization: string, status: number, code: string): Promise<void> {
    const before = await stock();
    expect(await ask(route, authorization)).toMatchObject({ status, body: { code } });
    expect(await stock()).toEqual(before);
  }

  it('refuses users who are no administrators', async () => {
    await emptyTables();
    const { access } = tokensOf(await service.register());
    admins = { ...admins, access };
    await expectRefusal(`Bearer ${access}`, 403, 'admin_required');
  });

  it('refuses somebody who was an administrator when the token was issued', async () => {
    await sql('UPDATE users SET admin = 0');
    await expectRefusal(`Bearer ${admins.access}`, 403, 'admin_required');
  });

  it('refuses an administrator who is disabled, gone or logged out', async () => {
    await sql('UPDATE users SET disabled_at = 1');
    await expectRefusal(`Bearer ${admins.access}`, 401, 'invalid_token');
    await sql('UPDATE users SET disabled_at = NULL');
    await sql('UPDATE sessions SET revoked_at = 1');
    await expectRefusal(`Bearer ${admins.access}`, 401, 'revoked_token');
    await emptyTables();
    await expectRefusal(`Bearer ${admins.access}`, 401, 'invalid_token');
  });

  it('refuses refresh tokens and clients', async () => {
    await expectRefusal(`Bearer ${admins.refresh}`, 401, 'invalid_token');
    await expectRefusal(basic().authorization, 401, 'malformed_token');
    await expectRefusal(`Bearer ${client.secret}`, 401, 'invalid_token');
  });

  it('refuses an operator token that was used', async () => {
    const token = await operatorToken();
    expect((await service.call('/admin/users', { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
    await expectRefusal(`Bearer ${token}`, 401, 'invalid_token');
  });
});

describe.each(others.filter(([, { guard }]) => guard === 'accessToken'))('%s', (_, route) => {
  it('refuses operator tokens', async () => {
    const before = await stock();
    expect(await ask(route, `Bearer ${await operatorToken()}`)).toMatchObject({
      status: 401,
      body: { code: 'invalid_token' },
    });
    expect(await stock()).toEqual(before);
  });
});

describe.each(others.filter(([, { guard }]) => guard === 'client'))('%s', (_, route) => {
  it('refuses operator tokens', async () => {
    expect(await ask(route, `Bearer ${await operatorToken()}`)).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
  });
});

it('knows of all routes whether they take operator tokens', () => {
  expect(new Set(others.map(([, { guard }]) => guard))).toEqual(new Set([undefined, 'accessToken', 'client']));
  expect(new Set(ofAdmin.map(([, { guard }]) => guard))).toEqual(new Set(['operatorToken']));
  expect(ofAdmin.length).toBeGreaterThanOrEqual(19);
});
