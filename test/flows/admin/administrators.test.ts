import { beforeEach, describe, expect, it } from 'vitest';
import { startAdministration } from '../../support/administration.ts';
import { emptyTables, sql, sqlValue } from '../../support/database.ts';
import { tokensOf } from '../../support/service.ts';
import { watchDatabase } from '../../support/storage.ts';

const { ask, make, change, show, logIn, refresh } = startAdministration();

beforeEach(emptyTables);

/** An administrator, with an access token. */
async function makeAdmin() {
  const admin = await make({ admin: true });
  const tokens = tokensOf(await logIn(admin));
  return { ...admin, ...tokens, token: tokens.access };
}

const REMOVALS = [
  { removal: 'PATCH', body: { admin: false } },
  { removal: 'PATCH', body: { disabled: true } },
  { removal: 'DELETE', body: undefined },
];

describe('an administrator', () => {
  it('may do what an operator may, from the next access token on', async () => {
    const user = await make();
    const { refresh: refreshToken, access } = tokensOf(await logIn(user));
    expect(await ask({ route: 'GET /admin/users', token: access })).toMatchObject({
      status: 403,
      body: { code: 'admin_required' },
    });
    await change(user.id, { admin: true });
    expect((await ask({ route: 'GET /admin/users', token: access })).body).toMatchObject({ code: 'expired_token' });
    const { access: next } = tokensOf(await refresh(refreshToken));
    expect((await ask({ route: 'GET /admin/users', token: next })).status).toBe(200);
  });

  it('is refused once the database says so, whatever the token says', async () => {
    const [one, other] = [await makeAdmin(), await makeAdmin()];
    await change(one.id, { admin: false });
    expect((await ask({ route: 'GET /admin/users', token: one.token })).status).toBe(401);
    const { access } = tokensOf(await refresh(one.refresh));
    expect(await ask({ route: 'GET /admin/users', token: access })).toMatchObject({
      status: 403,
      body: { code: 'admin_required' },
    });
    expect((await ask({ route: 'GET /admin/users', token: other.token })).status).toBe(200);
  });

  it.each(REMOVALS)('does not remove the own account: $removal $body', async ({ removal, body }) => {
    const admin = await makeAdmin();
    await makeAdmin();
    const route = `${removal} /admin/users/${admin.id}`;
    expect(await ask({ route, body, token: admin.token })).toMatchObject({
      status: 409,
      body: { code: 'own_account' },
    });
    expect(await show(admin.id)).toMatchObject({ admin: true, disabled_on: null, live_sessions: 1 });
  });

  it('may change other things of the own account', async () => {
    const admin = await makeAdmin();
    const route = `PATCH /admin/users/${admin.id}`;
    expect((await ask({ route, body: { roles: ['a'], admin: true }, token: admin.token })).status).toBe(200);
  });

  it('gets no link to hand over', async () => {
    const [admin, user] = [await makeAdmin(), await make()];
    const route = `POST /admin/users/${user.id}/password-reset`;
    expect(await ask({ route, body: { delivery: 'link' }, token: admin.token })).toMatchObject({
      status: 403,
      body: { code: 'operator_required' },
    });
    expect(await ask({ route: 'POST /admin/sessions/revoke', body: {}, token: admin.token })).toMatchObject({
      status: 403,
      body: { code: 'operator_required' },
    });
    expect(
      await ask({ route: 'POST /admin/users', body: { email: 'x@example.org' }, token: admin.token }),
    ).toMatchObject({
      status: 503,
      body: { code: 'mail_unavailable' },
    });
    expect(await sqlValue('SELECT count(*) FROM challenges')).toBe(0);
  });
});

describe('the last administrator', () => {
  it.each(REMOVALS)('stays: $removal $body', async ({ removal, body }) => {
    const admin = await makeAdmin();
    const disabled = await make({ admin: true });
    await change(disabled.id, { disabled: true });
    const route = `${removal} /admin/users/${admin.id}`;
    expect(await ask({ route, body })).toMatchObject({ status: 409, body: { code: 'last_admin' } });
    expect(await show(admin.id)).toMatchObject({ admin: true, disabled_on: null, live_sessions: 1 });
  });

  it.each(REMOVALS)('goes when an operator says so: $removal $body', async ({ removal, body }) => {
    const admin = await makeAdmin();
    const route = `${removal} /admin/users/${admin.id}?last_admin=true`;
    expect((await ask({ route, body })).status).toBe(200);
    expect(await sqlValue('SELECT count(*) FROM users WHERE admin = 1 AND disabled_at IS NULL')).toBe(0);
  });

  it.each(REMOVALS)('is left of two who remove each other: $removal $body', async ({ removal, body }) => {
    const [one, other] = [await makeAdmin(), await makeAdmin()];
    const outcomes = await Promise.all([
      ask({ route: `${removal} /admin/users/${one.id}`, body, token: other.token }),
      ask({ route: `${removal} /admin/users/${other.id}`, body, token: one.token }),
    ]);
    expect(outcomes.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await sqlValue('SELECT count(*) FROM users WHERE admin = 1 AND disabled_at IS NULL')).toBe(1);
  });

  it.each(REMOVALS)('stays when an operator removes it while another one goes: $removal $body', async (removal) => {
    const [one, other] = [await makeAdmin(), await makeAdmin()];
    const route = `${removal.removal} /admin/users/${one.id}`;
    // The request has seen the other one, who is gone when it removes this one.
    const goes = watchDatabase(async ([first = '']) => {
      if (/^(update|delete from) "users"/.test(first)) await sql('UPDATE users SET admin = 0 WHERE id = ?', other.id);
    });
    const { ask } = startAdministration({ env: goes });
    expect(await ask({ route, body: removal.body })).toMatchObject({ status: 409, body: { code: 'last_admin' } });
    expect(await show(one.id)).toMatchObject({ admin: true, disabled_on: null });
  });

  it('does not keep a disabled one or somebody else from going', async () => {
    const [admin, disabled, user] = [await makeAdmin(), await make({ admin: true }), await make()];
    await change(disabled.id, { disabled: true });
    expect((await change(disabled.id, { admin: false })).status).toBe(200);
    expect((await ask({ route: `DELETE /admin/users/${disabled.id}` })).status).toBe(200);
    expect((await ask({ route: `DELETE /admin/users/${user.id}`, token: admin.token })).status).toBe(200);
  });
});
