import { describe, expect, it } from 'vitest';
import { sql } from '../support/database.ts';
import { startService, tokensOf } from '../support/service.ts';
import { type KvOperation, watchDatabase, watchDenylist, isUpdate } from '../support/storage.ts';

const { register, logIn, logOut, refresh } = startService();

/** A service that records its round trips to the database and its operations on the denylist. */
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

/** Returns a function that resolves once `parties` callers wait for it. Callers that come one by one wait in vain. */
function meetingOf(parties: number) {
  const { promise, resolve } = Promise.withResolvers<void>();
  let arrived = 0;
  return async () => {
    arrived += 1;
    if (arrived === parties) resolve();
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Error('they do not run at the same time')), 10_000);
    await Promise.race([promise, late]).finally(() => clearTimeout(timer));
  };
}

describe('the service makes', () => {
  it('one batch for a registration', async () => {
    const { register, trips, operations } = startCounting();
    expect(await register()).toMatchObject({ status: 201 });
    expect(trips.map(({ length }) => length)).toEqual([4]);
    expect(await register()).toMatchObject({ status: 202 });
    expect(trips).toHaveLength(2);
    expect(operations).toEqual([]);
  });

  it('two batches for a login: one counts and reads, the other writes', async () => {
    await register();
    const { logIn, trips, operations } = startCounting();
    expect(await logIn()).toMatchObject({ status: 200 });
    expect(trips.map(({ length }) => length)).toEqual([2, 4]);
    expect(operations).toEqual([]);
  });

  it('two batches for a login from an unknown network too', async () => {
    await register();
    await sql('DELETE FROM known_networks');
    const { logIn, trips } = startCounting();
    expect(await logIn()).toMatchObject({ status: 200 });
    expect(trips.map(({ length }) => length)).toEqual([2, 5]);
  });

  it('two batches for a login that replaces the password hash too', async () => {
    await startService({ env: { PBKDF2_ITERATIONS: '2000' } }).register();
    const { logIn, trips } = startCounting();
    expect(await logIn()).toMatchObject({ status: 200 });
    expect(trips.map(({ length }) => length)).toEqual([2, 5]);
  });

  it('one round trip and one KV read for a status', async () => {
    const { status, trips, operations } = startCounting();
    expect(await status((await register()).body['auth_token'])).toMatchObject({ status: 200 });
    expect(trips.map(({ length }) => length)).toEqual([1]);
    expect(operations.map(({ operation }) => operation)).toEqual(['get']);
  });

  it('one round trip and one KV write for a logout', async () => {
    const { logOut, trips, operations } = startCounting();
    expect(await logOut((await register()).body['auth_token'])).toMatchObject({ status: 200 });
    expect(trips.map(({ length }) => length)).toEqual([2]);
    expect(operations.map(({ operation }) => operation)).toEqual(['put']);
  });

  it('two round trips and one KV write for a logout of a session that is revoked', async () => {
    const token = (await register()).body['auth_token'];
    await logOut(token);
    const repeated = startCounting();
    expect(await repeated.logOut(token)).toMatchObject({ status: 401 });
    expect(repeated.trips.map(({ length }) => length)).toEqual([2, 1]);
    expect(repeated.operations.filter(({ operation }) => operation === 'get')).toEqual([]);
    expect(repeated.operations.map(({ operation }) => operation)).toContain('put');
  });

  it.each(['others', 'all'])('two round trips, one KV read and one KV write for a logout of %s', async (scope) => {
    const { access } = tokensOf(await register());
    await logIn();
    const { logOut, trips, operations } = startCounting();
    expect(await logOut(access, scope)).toMatchObject({ status: 200 });
    expect(trips).toHaveLength(2);
    expect(operations.map(({ operation }) => operation)).toEqual(['get', 'put']);
  });

  it('one batch for a refresh, and one when it is repeated', async () => {
    const { refresh: token } = tokensOf(await register());
    const { refresh, trips, operations } = startCounting();
    expect(await refresh(token)).toMatchObject({ status: 200 });
    expect(await refresh(token)).toMatchObject({ status: 200 });
    expect(trips.map((statements) => statements.map((sql) => sql.split(' ', 1)[0]))).toEqual([
      ['update', 'insert'],
      ['update', 'insert'],
    ]);
    expect(operations).toEqual([]);
  });

  it('one batch, which decides and revokes, and one KV write for a reuse', async () => {
    const { refresh: token } = tokensOf(await register());
    await refresh(token);
    await sql('UPDATE sessions SET rotated_at = 1, started_at = started_at - 3600000');
    const { post, trips, operations } = startCounting();
    const stolen = await post('/auth/refresh', { refresh_token: token }, { 'user-agent': 'another' });
    expect(stolen).toMatchObject({ status: 401 });
    expect(trips.map(({ length }) => length)).toEqual([2]);
    expect(operations.map(({ operation }) => operation)).toEqual(['put']);
  });

  it('one batch for a late retry that is forgiven', async () => {
    const { refresh: token } = tokensOf(await register());
    await refresh(token);
    await sql('UPDATE sessions SET rotated_at = 1, started_at = started_at - 3600000');
    const { refresh: again, trips, operations } = startCounting();
    expect(await again(token)).toMatchObject({ status: 200 });
    expect({ trips: trips.map(({ length }) => length), operations }).toEqual({ trips: [2], operations: [] });
  });

  it('one round trip more for a refresh that is refused otherwise, to log the reason', async () => {
    const { access, refresh: token } = tokensOf(await register());
    await logOut(access);
    const { refresh: again, trips, operations } = startCounting();
    expect(await again(token)).toMatchObject({ status: 401 });
    expect(trips.map(({ length }) => length)).toEqual([2, 1]);
    expect(operations).toEqual([]);
  });

  it('one round trip and one KV write for a logout by refresh token', async () => {
    const { refresh: token } = tokensOf(await register());
    const { post, trips, operations } = startCounting();
    expect(await post('/auth/logout', { refresh_token: token })).toMatchObject({ status: 200 });
    expect(trips.map(({ length }) => length)).toEqual([2]);
    expect(operations.map(({ operation }) => operation)).toEqual(['put']);
  });

  it('three round trips and one KV write for a change of the password: who asks, the check, one batch', async () => {
    const { access } = tokensOf(await register());
    const { changePassword, trips, operations } = startCounting();
    expect(await changePassword(access)).toMatchObject({ status: 200 });
    expect(trips.map(({ length }) => length)).toEqual([1, 2, 5]);
    expect(operations.map(({ operation }) => operation)).toEqual(['get', 'put']);
  });

  it('four round trips and one KV write for a deletion, the last of them after the write', async () => {
    const { access } = tokensOf(await register());
    const order: string[] = [];
    const { deleteUser } = startService({
      env: {
        ...watchDatabase(({ length }) => void order.push(`database ${length}`)),
        DENYLIST: watchDenylist(({ operation }) => void order.push(operation)),
      },
    });
    expect(await deleteUser(access)).toMatchObject({ status: 200 });
    expect(order.toSorted().slice(0, 2)).toEqual(['database 1', 'database 2']);
    expect(order.slice(2)).toEqual(['database 2', 'database 3', 'put', 'database 4']);
  });

  it('no round trip and one KV read for a verification', async () => {
    const { access } = tokensOf(await register());
    const { verify, trips, operations } = startCounting();
    expect(await verify(access)).toMatchObject({ status: 204 });
    expect(trips).toEqual([]);
    expect(operations.map(({ operation, keys }) => [operation, keys.length])).toEqual([['get', 3]]);
  });

  it('two round trips to list sessions or to delete one', async () => {
    const { access } = tokensOf(await register());
    const { listSessions, call, trips, operations } = startCounting();
    expect(await listSessions(access)).toMatchObject({ status: 200 });
    expect(trips).toHaveLength(2);
    const headers = { authorization: `Bearer ${access}` };
    const remove = (id: string) => call(`/auth/sessions/${id}`, { method: 'DELETE', headers });
    expect(await remove(crypto.randomUUID())).toMatchObject({ status: 404 });
    expect(trips).toHaveLength(4);
    // No session id is that long, so the database is not asked.
    expect(await remove('x'.repeat(8000))).toMatchObject({ status: 404 });
    expect(trips).toHaveLength(5);
    expect(operations.map(({ operation }) => operation)).toEqual(['get', 'get', 'get']);
  });

  it('no round trip and no KV operation for a foreign token or a malformed body', async () => {
    const { status, refresh, verify, post, trips, operations } = startCounting();
    const token = String((await register()).body['auth_token']);
    await status(`${token.slice(0, -4)}AAAA`);
    await refresh(`${token.slice(0, -4)}AAAA`);
    await verify('a.b.c');
    await post('/auth/login', {});
    expect({ trips, operations }).toEqual({ trips: [], operations: [] });
  });
});

describe('the service runs at the same time', () => {
  it('the two reads of a status', async () => {
    const meet = meetingOf(2);
    const { status } = startService({ env: { ...watchDatabase(meet), DENYLIST: watchDenylist(meet) } });
    expect(await status((await register()).body['auth_token'])).toMatchObject({ status: 200 });
  });

  it('the two writes of a logout', async () => {
    const meet = meetingOf(2);
    const database = watchDatabase((trip) => (isUpdate(trip) ? meet() : undefined));
    const DENYLIST = watchDenylist(({ operation }) => (operation === 'put' ? meet() : undefined));
    await register();
    expect(
      await startService({ env: { ...database, DENYLIST } }).logOut((await logIn()).body['auth_token']),
    ).toMatchObject({
      status: 200,
    });
  });
});
