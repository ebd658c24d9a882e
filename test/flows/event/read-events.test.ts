import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { startAdministration } from '../../support/administration.ts';
import { sql } from '../../support/database.ts';
import { fieldsOf, forgetEvents, pageOf } from '../../support/events.ts';
import { bearer, joe, type ServiceResponse, tokensOf } from '../../support/service.ts';

const service = startAdministration();
const { ask, call, register, logIn, logOut, make } = service;

const read = async (query = '') => pageOf(await ask({ route: `GET /admin/events${query}` }));
const readOwn = async (token: string, query = '') =>
  pageOf(await call(`/auth/events${query}`, { headers: bearer(token) }));
const typesOf = ({ events }: { events: Record<string, unknown>[] }) => events.map(({ type }) => type);
const idsOf = ({ events }: { events: Record<string, unknown>[] }) => events.map(({ id }) => Number(id));
const userOf = (response: ServiceResponse) => String(decodeJwt(tokensOf(response).access).sub);

/** joe and jane register. jane logs in and out. Then joe tries a wrong password. */
async function letThingsHappen() {
  const joeId = userOf(await register());
  const janeId = userOf(await register({ ...joe, email: 'jane@gmail.com' }));
  await logOut(tokensOf(await logIn({ ...joe, email: 'jane@gmail.com' })).access);
  await logIn({ ...joe, password: 'a wrong one' });
  return { joeId, janeId };
}

/** Adds `count` events of no user. */
const addEvents = (count: number, type = 'login', at = 0) =>
  sql(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
      INSERT INTO events (type, at, actor) SELECT ?, ?, 'user' FROM n`,
    count,
    type,
    at,
  );

describe('GET /admin/events', () => {
  it('lists all events, the oldest first or the newest', async () => {
    await letThingsHappen();
    const types = ['user_registered', 'user_registered', 'login', 'logout', 'login_failed'];
    expect(typesOf(await read())).toEqual(types);
    expect(typesOf(await read('?order=oldest'))).toEqual(types);
    expect(typesOf(await read('?order=newest'))).toEqual(types.toReversed());
  });

  it('tells who did what to whom, when, and from where', async () => {
    const headers = { 'cf-connecting-ip': '203.0.113.9', 'user-agent': 'curl/8', 'x-request-id': 'my-request' };
    const response = await service.post('/auth/register', joe, headers);
    const { access } = tokensOf(response);
    const { sub, sid } = decodeJwt(access);
    expect((await read()).events).toEqual([
      {
        id: expect.stringMatching(/^\d+$/),
        type: 'user_registered',
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        user_id: sub,
        actor: 'user',
        session_id: sid,
        address_prefix: '203.0.113.0/24',
        country: null,
        user_agent: 'curl/8',
        request_id: 'my-request',
        data: null,
      },
    ]);
  });

  it.each(['oldest', 'newest'])('filters by user and by type, the %s first', async (order) => {
    const { joeId, janeId } = await letThingsHappen();
    const ordered = (types: string[]) => (order === 'oldest' ? types : types.toReversed());
    const listed = async (query: string) => typesOf(await read(`?order=${order}&${query}`));
    expect(await listed(`user_id=${joeId}`)).toEqual(ordered(['user_registered', 'login_failed']));
    expect(await listed(`user_id=${janeId}`)).toEqual(ordered(['user_registered', 'login', 'logout']));
    expect(await listed('type=user_registered')).toEqual(['user_registered', 'user_registered']);
    expect(await listed(`user_id=${joeId}&type=login_failed`)).toEqual(['login_failed']);
    expect(await listed(`user_id=${joeId}&type=login`)).toEqual([]);
    expect(await listed(`user_id=${crypto.randomUUID()}`)).toEqual([]);
  });

  it('has events of a user who is deleted', async () => {
    const { access } = tokensOf(await register());
    await service.deleteUser(access);
    const { events } = await read(`?user_id=${String(decodeJwt(access).sub)}`);
    expect(events.map(({ type }) => type)).toEqual(['user_registered', 'sessions_revoked', 'user_deleted']);
  });

  it.each(['oldest', 'newest'])('goes on after an event, the %s first, until none is left', async (order) => {
    await addEvents(250);
    const seen: number[] = [];
    const sizes: number[] = [];
    let cursor: string | null = '';
    while (cursor !== null && sizes.length < 10) {
      const page = await read(`?order=${order}${cursor === '' ? '' : `&after=${cursor}`}`);
      expect(page.next === null || page.next === String(idsOf(page).at(-1))).toBe(true);
      sizes.push(page.events.length);
      seen.push(...idsOf(page));
      cursor = page.next;
    }
    expect(sizes).toEqual([100, 100, 50]);
    expect(seen).toEqual([...new Set(seen)].toSorted((a, b) => (order === 'oldest' ? a - b : b - a)));
  });

  it('says that none is left when a page is exactly full', async () => {
    await addEvents(2);
    expect((await read('?limit=2')).next).toBe(null);
    expect((await read('?limit=1')).next).not.toBe(null);
    expect(await read('?after=999999999999999')).toEqual({ events: [], next: null });
  });

  it.each([
    'after=-1',
    'after=x',
    'after=1.5',
    'after=',
    'after=1e3',
    'after=9999999999999999',
    'limit=0',
    'limit=101',
    'limit=ten',
    'type=nothing',
    'type=toString',
    'type=',
    'order=random',
    `user_id=${'x'.repeat(65)}`,
  ])('refuses ?%s', async (query) => {
    const { status, body } = await ask({ route: `GET /admin/events?${query}` });
    const [path] = query.split('=');
    expect({ status, body }).toMatchObject({ status: 400, body: { code: 'invalid_request', errors: [{ path }] } });
  });

  it('is for operators and administrators', async () => {
    const { access } = tokensOf(await register());
    const route = 'GET /admin/events';
    expect(await ask({ route, token: access })).toMatchObject({ status: 403, body: { code: 'admin_required' } });
    await sql('UPDATE users SET admin = 1');
    expect(await ask({ route, token: access })).toMatchObject({ status: 200 });
  });
});

describe('GET /auth/events', () => {
  it('lists the events of the user alone, the newest first', async () => {
    await letThingsHappen();
    const { access } = tokensOf(await logIn());
    expect(typesOf(await readOwn(access))).toEqual(['login', 'login_failed', 'user_registered']);
    expect(typesOf(await readOwn(access, '?limit=1'))).toEqual(['login']);
    const { next } = await readOwn(access, '?limit=1');
    expect(typesOf(await readOwn(access, `?after=${String(next)}`))).toEqual(['login_failed', 'user_registered']);
  });

  it('hides which administrator did something, and from where', async () => {
    const admin = await make({ admin: true });
    const token = tokensOf(await logIn({ email: admin.email, password: admin.password })).access;
    const user = await make();
    await logIn({ email: user.email, password: user.password });
    await forgetEvents();
    const headers = { 'cf-connecting-ip': '203.0.113.9', 'user-agent': 'curl/8' };
    await ask({ route: `DELETE /admin/users/${user.id}/sessions`, token, headers });
    const { access } = tokensOf(await logIn({ email: user.email, password: user.password }));
    const hidden = { session_id: null, address_prefix: null, country: null, user_agent: null, request_id: null };
    expect((await readOwn(access)).events).toMatchObject([
      { type: 'login', actor: 'user', session_id: decodeJwt(access)['sid'] },
      { type: 'sessions_revoked', actor: 'admin', user_id: user.id, ...hidden, data: { scope: 'all' } },
    ]);
    expect((await read()).events[0]).toMatchObject({
      actor: `admin:${admin.id}`,
      address_prefix: '203.0.113.0/24',
      user_agent: 'curl/8',
    });
  });

  it('names an operator and the service', async () => {
    const { access } = tokensOf(await register());
    const id = String(decodeJwt(access).sub);
    await ask({ route: `PATCH /admin/users/${id}`, body: { locale: 'de' } });
    await sql(
      "INSERT INTO events (type, at, user_id, actor, user_agent) VALUES ('mail_failed', 1, ?, 'system', 'x')",
      id,
    );
    expect((await readOwn(access)).events).toMatchObject([
      { type: 'mail_failed', actor: 'system', user_agent: null },
      { type: 'locale_changed', actor: 'operator', request_id: null },
      { type: 'user_registered', actor: 'user' },
    ]);
  });

  it('refuses what is not a page', async () => {
    const { access } = tokensOf(await register());
    for (const query of ['after=x', 'limit=101', 'limit=-1'])
      expect(await call(`/auth/events?${query}`, { headers: bearer(access) })).toMatchObject({
        status: 400,
        body: { code: 'invalid_request' },
      });
  });
});

describe('GET /auth/user/export', () => {
  it('has the newest thousand events, as GET /auth/events shows them', async () => {
    const { access } = tokensOf(await register());
    const exported = async () => {
      const { body } = await call('/auth/user/export', { headers: bearer(access) });
      const { events } = fieldsOf(body['data']);
      return Array.isArray(events) ? events.map(fieldsOf) : [];
    };
    expect(await exported()).toEqual((await readOwn(access)).events);
    await addEvents(1001);
    await sql('UPDATE events SET user_id = (SELECT id FROM users)');
    const all = await exported();
    expect(all).toHaveLength(1000);
    expect(all.slice(0, 100)).toEqual((await readOwn(access)).events);
  });
});
