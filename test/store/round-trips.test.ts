import { describe, expect, it } from 'vitest';
import { sql } from '../support/database.ts';
import { startService, tokensOf } from '../support/service.ts';
import { type KvOperation, watchDatabase, watchDenylist } from '../support/storage.ts';

const { register, logIn, logOut, refresh } = startService();

/** A service that counts: round trips to the database, and operations on the denylist. */
function startCounting() {
  const trips: string[][] = [];
  const operations: KvOperation[] = [];
  const service = startService({
    env: {
      ...watchDatabase((statements) => void trips.push(statements)),
      DENYLIST: watchDenylist((operation) => void operations.push(operation)),
    },
  });
  return { ...service, trips, operations };
}

/** Resolves as soon as `parties` have arrived, and so never when they come one after the other. */
function meetingOf(parties: number) {
  const { promise, resolve } = Promise.withResolvers<void>();
  let arrived = 0;
  return async () => {
    arrived += 1;
    if (arrived === parties) resolve();
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Error('they do not run at once')), 10_000);
    await Promise.race([promise, late]).finally(() => clearTimeout(timer));
  };
}

describe('round trips', () => {
  it('of a registration: one batch', async () => {
    const { register, trips, operations } = startCounting();
    expect(await register()).toMatchObject({ status: 201 });
    expect(trips.map(({ length }) => length)).toEqual([3]);
    expect(await register()).toMatchObject({ status: 202 });
    expect(trips).toHaveLength(2);
    expect(operations).toEqual([]);
  });

  it('of a login: a batch that counts and reads, then one that writes', async () => {
    await register();
    const { logIn, trips, operations } = startCounting();
    expect(await logIn()).toMatchObject({ status: 200 });
    expect(trips.map(({ length }) => length)).toEqual([2, 3]);
    expect(operations).toEqual([]);
  });

  it('of a login from a network that is not known: no more', async () => {
    await register();
    await sql('DELETE FROM known_networks');
    const { logIn, trips } = startCounting();
    expect(await logIn()).toMatchObject({ status: 200 });
    expect(trips.map(({ length }) => length)).toEqual([2, 4]);
  });

  it('of a login that replaces the hash: no more', async () => {
    await startService({ env: { PBKDF2_ITERATIONS: '2000' } }).register();
    const { logIn, trips } = startCounting();
    expect(await logIn()).toMatchObject({ status: 200 });
    expect(trips.map(({ length }) => length)).toEqual([2, 4]);
  });

  it('of a status: one, and one KV read', async () => {
    const { status, trips, operations } = startCounting();
    expect(await status((await register()).body['auth_token'])).toMatchObject({ status: 200 });
    expect(trips.map(({ length }) => length)).toEqual([1]);
    expect(operations.map(({ operation }) => operation)).toEqual(['get']);
  });

  it('of a logout: two, one KV read and one KV write', async () => {
    const { logOut, trips, operations } = startCounting();
    expect(await logOut((await register()).body['auth_token'])).toMatchObject({ status: 200 });
    expect(trips.map(({ length }) => length)).toEqual([1, 1]);
    expect(operations.map(({ operation }) => operation)).toEqual(['get', 'put']);
  });

  it.each(['others', 'all'])('of a logout of %s: two, one KV read and one KV write', async (scope) => {
    const { access } = tokensOf(await register());
    await logIn();
    const { logOut, trips, operations } = startCounting();
    expect(await logOut(access, scope)).toMatchObject({ status: 200 });
    expect(trips).toHaveLength(2);
    expect(operations.map(({ operation }) => operation)).toEqual(['get', 'put']);
  });

  it('of a refresh: one statement, also when it is repeated', async () => {
    const { refresh: token } = tokensOf(await register());
    const { refresh, trips, operations } = startCounting();
    expect(await refresh(token)).toMatchObject({ status: 200 });
    expect(await refresh(token)).toMatchObject({ status: 200 });
    expect(trips.map((statements) => statements.map((sql) => sql.split(' ', 1)[0]))).toEqual([['update'], ['update']]);
    expect(operations).toEqual([]);
  });

  it('of a reuse: one statement that decides and revokes, and one KV write', async () => {
    const { refresh: token } = tokensOf(await register());
    await refresh(token);
    await sql('UPDATE sessions SET rotated_at = 1, started_at = started_at - 3600000');
    const { post, trips, operations } = startCounting();
    const stolen = await post('/auth/refresh', { refresh_token: token }, { 'user-agent': 'another' });
    expect(stolen).toMatchObject({ status: 401 });
    expect(trips.map(({ length }) => length)).toEqual([1]);
    expect(operations.map(({ operation }) => operation)).toEqual(['put']);
  });

  it('of a refresh that is forgiven late: one statement', async () => {
    const { refresh: token } = tokensOf(await register());
    await refresh(token);
    await sql('UPDATE sessions SET rotated_at = 1, started_at = started_at - 3600000');
    const { refresh: again, trips, operations } = startCounting();
    expect(await again(token)).toMatchObject({ status: 200 });
    expect({ trips: trips.map(({ length }) => length), operations }).toEqual({ trips: [1], operations: [] });
  });

  it('of a refresh that is refused for another reason: one more, to tell it', async () => {
    const { access, refresh: token } = tokensOf(await register());
    await logOut(access);
    const { refresh: again, trips, operations } = startCounting();
    expect(await again(token)).toMatchObject({ status: 401 });
    expect(trips.map(({ length }) => length)).toEqual([1, 1]);
    expect(operations).toEqual([]);
  });

  it('of a logout by a refresh token: one, and one KV write', async () => {
    const { refresh: token } = tokensOf(await register());
    const { post, trips, operations } = startCounting();
    expect(await post('/auth/logout', { refresh_token: token })).toMatchObject({ status: 200 });
    expect(trips.map(({ length }) => length)).toEqual([1]);
    expect(operations.map(({ operation }) => operation)).toEqual(['put']);
  });

  it('of a verification at the edge: none, and one KV read', async () => {
    const { access } = tokensOf(await register());
    const { verify, trips, operations } = startCounting();
    expect(await verify(access)).toMatchObject({ status: 204 });
    expect(trips).toEqual([]);
    expect(operations.map(({ operation, keys }) => [operation, keys.length])).toEqual([['get', 2]]);
  });

  it('of the list of sessions, and of the end of one: two', async () => {
    const { access } = tokensOf(await register());
    const { listSessions, call, trips, operations } = startCounting();
    expect(await listSessions(access)).toMatchObject({ status: 200 });
    expect(trips).toHaveLength(2);
    const headers = { authorization: `Bearer ${access}` };
    const remove = (id: string) => call(`/auth/sessions/${id}`, { method: 'DELETE', headers });
    expect(await remove(crypto.randomUUID())).toMatchObject({ status: 404 });
    expect(trips).toHaveLength(4);
    // What cannot be the id of a session is not asked about.
    expect(await remove('x'.repeat(8000))).toMatchObject({ status: 404 });
    expect(trips).toHaveLength(5);
    expect(operations.map(({ operation }) => operation)).toEqual(['get', 'get', 'get']);
  });

  it('of a token that is not ours, and of a body that is not one: none', async () => {
    const { status, refresh, verify, post, trips, operations } = startCounting();
    const token = String((await register()).body['auth_token']);
    await status(`${token.slice(0, -4)}AAAA`);
    await refresh(`${token.slice(0, -4)}AAAA`);
    await verify('a.b.c');
    await post('/auth/login', {});
    expect({ trips, operations }).toEqual({ trips: [], operations: [] });
  });
});

describe('at once run', () => {
  it('the two questions of a status', async () => {
    const meet = meetingOf(2);
    const { status } = startService({ env: { ...watchDatabase(meet), DENYLIST: watchDenylist(meet) } });
    expect(await status((await register()).body['auth_token'])).toMatchObject({ status: 200 });
  });

  it('the two records of a logout', async () => {
    const meet = meetingOf(2);
    const database = watchDatabase(([sql = '']) => (sql.startsWith('update') ? meet() : undefined));
    const DENYLIST = watchDenylist(({ operation }) => (operation === 'put' ? meet() : undefined));
    await register();
    expect(
      await startService({ env: { ...database, DENYLIST } }).logOut((await logIn()).body['auth_token']),
    ).toMatchObject({
      status: 200,
    });
  });
});
