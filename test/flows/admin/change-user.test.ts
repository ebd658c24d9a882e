import { exports } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import { dataOf, startAdministration } from '../../support/administration.ts';
import { emptyTables, sql, sqlValue } from '../../support/database.ts';
import { startClock, tokensOf } from '../../support/service.ts';
import { watchDenylist } from '../../support/storage.ts';

const { ask, make, change, show, logIn, status, verify, refresh } = startAdministration();

beforeEach(emptyTables);

describe('changing a user', () => {
  it.each([
    { fields: { email: 'New@Example.org' }, changed: { email: 'new@example.org', email_verified: false } },
    { fields: { email: 'new@example.org', email_verified: true }, changed: {} },
    { fields: { email_verified: true }, changed: { email_verified: true } },
    { fields: { admin: true }, changed: { admin: true } },
    { fields: { roles: ['b', 'a', 'b'] }, changed: { roles: ['a', 'b'] } },
    {
      fields: { claims: { tenant: 'acme', deep: { er: [1] } } },
      changed: { claims: { tenant: 'acme', deep: { er: [1] } } },
    },
    { fields: { locale: 'de' }, changed: { locale: 'de' } },
  ])('takes $fields, and nothing else changes', async ({ fields, changed }) => {
    const { id } = await make();
    const before = await show(id);
    const { status, body } = await change(id, fields);
    expect(status).toBe(200);
    expect(body).toMatchObject({ message: 'User changed.', changed: true, data: changed, sessions_revoked: 0 });
    expect(await show(id)).toEqual({ ...before, ...fields, ...changed });
  });

  it.each(
    [
      { role: ['a'] },
      { admin: true, password: 'correct horse' },
      { admin: 'true' },
      { roles: 'editor' },
      { roles: ['Editor'] },
      { roles: Array.from({ length: 33 }, (_, i) => `r${i}`) },
      { roles: ['r'.repeat(65)] },
      { claims: [] },
      { claims: { sub: 'x' } },
      { claims: { exp: 9e9 } },
      { claims: { roles: ['admin'] } },
      { claims: { admin: true } },
      { claims: { active: true } },
      { claims: { scope: 'all' } },
      { claims: { 'with space': 1 } },
      { claims: { '': 1 } },
      { claims: { big: 'x'.repeat(1025) } },
      { claims: { id: 2 ** 53 } },
      { claims: { deep: [{ id: -(2 ** 60) }] } },
      { claims: { surrogate: '\ud800' } },
      { claims: { deep: { '\udc00': 1 } } },
      { roles: Array.from({ length: 32 }, (_, i) => `${i}`.padStart(64, 'r')), claims: { big: 'x'.repeat(900) } },
      { locale: 'fr' },
      { email: 'nobody' },
      { email: null },
      { disabled: 1 },
      [],
      'x',
    ].map((fields) => ({ fields, name: JSON.stringify(fields).slice(0, 60) })),
  )('refuses $name, and changes nothing', async ({ fields }) => {
    const { id } = await make();
    const before = await show(id);
    const { status, body } = await change(id, fields);
    expect({ status, code: body['code'] }).toEqual({ status: 400, code: 'invalid_request' });
    expect(await show(id)).toEqual(before);
  });

  it('does not take a claim for a member of the prototype', async () => {
    const { id } = await make();
    const body = '{"claims":{"__proto__":{"admin":true}}}';
    const route = { route: `PATCH /admin/users/${id}`, body: JSON.parse(body) as unknown };
    expect((await ask(route)).status).toBe(400);
  });

  it('leaves the rights of nobody in another place', async () => {
    const [one, other] = [await make({ roles: ['a'] }), await make({ roles: ['a'] })];
    await change(one.id, { roles: ['b'], claims: { x: 1 } });
    expect(await show(other.id)).toMatchObject({ roles: ['a'], claims: {} });
  });

  it('refuses an address that somebody has', async () => {
    const [one, other] = [await make(), await make()];
    const { status, body } = await change(one.id, { email: other.email.toUpperCase(), roles: ['a'] });
    expect({ status, code: body['code'] }).toEqual({ status: 409, code: 'address_taken' });
    expect(await show(one.id)).toMatchObject({ email: one.email, roles: [] });
  });

  it('makes links useless that were mailed to the former address', async () => {
    const { id } = await make();
    const handed = await ask({ route: `POST /admin/users/${id}/password-reset`, body: { delivery: 'link' } });
    await change(id, { email: 'new@example.org' });
    await change(id, { email: 'newer@example.org' });
    expect(await sqlValue('SELECT count(*) FROM challenges')).toBe(0);
    expect(handed.status).toBe(200);
  });

  it('says when there is nothing to change, and writes no event', async () => {
    const { id } = await make({ roles: ['a'], email_verified: true });
    const events = await sqlValue('SELECT count(*) FROM events');
    const { status, body } = await change(id, {
      roles: ['a', 'a'],
      admin: false,
      disabled: false,
      email_verified: true,
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ message: 'Nothing to change.', changed: false, sessions_revoked: 0 });
    expect(await sqlValue('SELECT count(*) FROM events')).toBe(events);
  });

  it('writes one event for each change, with who did it', async () => {
    const { id } = await make();
    const admin = await make({ admin: true });
    const { access } = tokensOf(await logIn(admin));
    await sql('DELETE FROM events');
    const body = {
      email: 'x@example.org',
      email_verified: true,
      admin: true,
      roles: ['a'],
      claims: { a: 1 },
      locale: 'de',
    };
    await ask({ route: `PATCH /admin/users/${id}`, body, token: access });
    await change(id, { disabled: true });
    await change(id, { disabled: true });
    const events = await sql('SELECT type, user_id, actor, data FROM events ORDER BY id');
    const by = { user_id: id, actor: `admin:${admin.id}`, data: null };
    expect(events).toEqual([
      { ...by, type: 'email_changed' },
      { ...by, type: 'email_verified' },
      { ...by, type: 'admin_granted' },
      { ...by, type: 'roles_changed', data: '{"added":["a"],"removed":[]}' },
      { ...by, type: 'claims_changed' },
      { ...by, type: 'locale_changed' },
      { ...by, type: 'user_disabled', actor: 'operator' },
    ]);
    expect(JSON.stringify(await sql('SELECT * FROM events'))).not.toContain('@');
  });
});

describe('two changes at once', () => {
  it('both land', async () => {
    const { id } = await make();
    const fields = [{ roles: ['a'] }, { claims: { b: 1 } }];
    const changes = await Promise.all(fields.map((each) => change(id, each)));
    expect(changes.map(({ status }) => status)).toEqual([200, 200]);
    expect(await show(id)).toMatchObject({ roles: ['a'], claims: { b: 1 } });
  });

  it('succeeds with an old tag when it is made already: its response was lost, or KV failed', async () => {
    const { id } = await make();
    const { headers } = await ask({ route: `GET /admin/users/${id}` });
    const tag = { 'if-match': headers.get('etag') ?? '' };
    expect((await change(id, { roles: ['a'] }, tag)).body).toMatchObject({ changed: true });
    expect(await change(id, { roles: ['a'] }, tag)).toMatchObject({ status: 200, body: { changed: false } });
    expect((await change(id, { roles: ['b'] }, tag)).status).toBe(412);
  });

  it('of two that have read the same user, one is refused', async () => {
    const { id } = await make();
    const { headers } = await ask({ route: `GET /admin/users/${id}` });
    const tag = { 'if-match': headers.get('etag') ?? '' };
    const changes = await Promise.all([change(id, { roles: ['a'] }, tag), change(id, { roles: ['b'] }, tag)]);
    expect(changes.map(({ status }) => String(status)).toSorted()).toEqual(['200', '412']);
    const won = changes.find(({ status }) => status === 200);
    expect((await show(id))['roles']).toEqual(dataOf(won?.body ?? {})['roles']);
    expect(won?.headers.get('etag')).not.toBe(tag['if-match']);
  });

  it.each(['"x"', 'W/"x"', 'x', '"x", "y"', ''])('refuses the tag %s', async (tag) => {
    const { id } = await make();
    const { status, body } = await change(id, { roles: ['a'] }, { 'if-match': tag });
    expect({ status, code: body['code'] }).toEqual({ status: 412, code: 'precondition_failed' });
    expect(await show(id)).toMatchObject({ roles: [] });
  });

  it('takes the tag of the last response, a list with it, and any', async () => {
    const { id } = await make();
    let { headers } = await change(id, { roles: ['a'] }, { 'if-match': '*' });
    ({ headers } = await change(id, { roles: ['b'] }, { 'if-match': `"x", ${headers.get('etag')}` }));
    ({ headers } = await change(id, { roles: ['d'] }, { 'if-match': `W/${headers.get('etag')}` }));
    expect((await change(id, { roles: ['c'] }, { 'if-match': headers.get('etag') ?? '' })).status).toBe(200);
  });
});

describe('other rights', () => {
  it.each([{ admin: true }, { roles: ['editor'] }, { claims: { tenant: 'acme' } }])(
    'make older tokens expired everywhere, and the next one carries %j',
    async (fields) => {
      const user = await make();
      const { access, refresh: refreshToken } = tokensOf(await logIn(user));
      await change(user.id, fields);
      const expired = { status: 401, body: { code: 'expired_token' } };
      expect(await status(access)).toMatchObject(expired);
      expect(await verify(access)).toMatchObject(expired);
      expect(await exports.Verifier.verify(access)).toEqual({ active: false, code: 'expired_token' });

      const { access: next } = tokensOf(await refresh(refreshToken));
      expect(await verify(next)).toMatchObject({ status: 204 });
      expect(dataOf((await status(next)).body)).toMatchObject(fields);
      expect(await exports.Verifier.verify(next)).toMatchObject({
        active: true,
        claims: 'claims' in fields ? fields.claims : fields,
      });
    },
  );

  it('go into the token of a login, and reach a reverse proxy', async () => {
    const user = await make({ roles: ['viewer', 'editor'] });
    const { access } = tokensOf(await logIn(user));
    expect((await verify(access)).headers.get('x-roles')).toBe('editor,viewer');
    await change(user.id, { roles: [] });
    const { access: next } = tokensOf(await logIn(user));
    expect((await verify(next)).headers.get('x-roles')).toBe('');
  });

  it('leave tokens alone when they are changed to what they were', async () => {
    const user = await make({ roles: ['a'] });
    const { access } = tokensOf(await logIn(user));
    await change(user.id, { roles: ['a'], admin: false, claims: {} });
    expect((await status(access)).status).toBe(200);
    expect((await verify(access)).status).toBe(204);
  });

  it('end nothing but the tokens: a logout with an older one is done', async () => {
    const user = await make();
    const { access, refresh: refreshToken } = tokensOf(await logIn(user));
    await change(user.id, { roles: ['a'] });
    expect((await ask({ route: 'POST /auth/logout', token: access })).status).toBe(200);
    expect((await refresh(refreshToken)).status).toBe(401);
  });

  it('are a 503 when KV fails, and asking again completes it', async () => {
    let isBroken = true;
    const DENYLIST = watchDenylist(({ operation }) => {
      if (isBroken && operation === 'put') throw new Error('injected');
    });
    const clock = startClock();
    const service = startAdministration({ env: { DENYLIST }, deps: { now: clock.now } });
    const user = await service.make();
    const { access } = tokensOf(await service.logIn(user));
    expect((await service.change(user.id, { roles: ['a'] })).body).toMatchObject({ code: 'storage_unavailable' });
    expect((await service.verify(access)).status).toBe(204);
    isBroken = false;
    expect((await service.change(user.id, { roles: ['a'] })).body).toMatchObject({ message: 'Nothing to change.' });
    // KV caches a miss for a minute.
    clock.pass(61);
    expect((await service.verify(access)).body).toMatchObject({ code: 'expired_token' });
  });
});

describe('disabling', () => {
  it('ends all sessions in both places and says how many, and enabling does not bring them back', async () => {
    const user = await make();
    const sessions = [tokensOf(await logIn(user)), tokensOf(await logIn(user))];
    expect((await change(user.id, { disabled: true })).body).toMatchObject({ sessions_revoked: 2 });
    for (const { access, refresh: refreshToken } of sessions) {
      expect(await status(access)).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
      expect(await verify(access)).toMatchObject({ status: 401, body: { code: 'revoked_token' } });
      expect((await refresh(refreshToken)).status).toBe(401);
    }
    expect(await logIn(user)).toMatchObject({ status: 404, body: { code: 'invalid_credentials' } });

    expect((await change(user.id, { disabled: false })).body).toMatchObject({ message: 'User changed.' });
    for (const { access, refresh: refreshToken } of sessions) {
      expect((await status(access)).status).toBe(401);
      expect((await verify(access)).status).toBe(401);
      expect((await refresh(refreshToken)).status).toBe(401);
    }
    expect((await logIn(user)).status).toBe(200);
  });

  it('counts sessions that lived only', async () => {
    const user = await make();
    const [one] = [tokensOf(await logIn(user)), await logIn(user)];
    await ask({ route: 'POST /auth/logout', token: one.access });
    await sql('UPDATE sessions SET expires_at = 1 WHERE revoked_at IS NULL');
    await logIn(user);
    expect((await change(user.id, { disabled: true })).body).toMatchObject({ sessions_revoked: 1 });
  });

  it.each([
    { change: { disabled: true }, name: 'asking again' },
    { change: { disabled: false }, name: 'enabling' },
  ])('is a 503 when KV fails, and $name completes it', async ({ change }) => {
    let isBroken = false;
    const DENYLIST = watchDenylist(({ operation }) => {
      if (isBroken && operation === 'put') throw new Error('injected');
    });
    const service = startAdministration({ env: { DENYLIST } });
    const user = await service.make();
    const { access } = tokensOf(await service.logIn(user));
    isBroken = true;
    expect((await service.change(user.id, { disabled: true })).status).toBe(503);
    isBroken = false;
    expect((await service.change(user.id, change)).body).toMatchObject({ changed: !change.disabled });
    expect((await service.verify(access)).body).toMatchObject({ code: 'revoked_token' });
  });

  it('refuses an administrator at once', async () => {
    const admin = await make({ admin: true });
    await make({ admin: true });
    const { access } = tokensOf(await logIn(admin));
    expect((await ask({ route: 'GET /admin/users', token: access })).status).toBe(200);
    await change(admin.id, { disabled: true });
    expect((await ask({ route: 'GET /admin/users', token: access })).status).toBe(401);
  });
});
