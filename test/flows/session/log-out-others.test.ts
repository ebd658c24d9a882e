import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { sql } from '../../support/database.ts';
import { joe, startClock, startService, tokensOf } from '../../support/service.ts';
import { beforeTrip, fail, type KvOperation, watchDatabase, watchDenylist } from '../../support/storage.ts';

const { register, logIn, logOut, refresh, status } = startService();

/** Verifies at a new location. A location that has read KV before may take a minute to see a revocation. */
const verify = (token: unknown) => startService().verify(token);

const revoked = {
  status: 401,
  body: { code: 'revoked_token', message: 'Token blacklisted. Please log in again.' },
};

describe('POST /auth/logout?scope=others', () => {
  it('revokes the other sessions of the user and keeps the asking one', async () => {
    const stranger = tokensOf(await register({ ...joe, email: 'jane@gmail.com' }));
    const [first, own, third] = [tokensOf(await register()), tokensOf(await logIn()), tokensOf(await logIn())];
    expect(await logOut(own.access, 'others')).toMatchObject({ status: 200 });
    for (const { access, refresh: token } of [first, third]) {
      expect(await status(access)).toMatchObject(revoked);
      expect(await verify(access)).toMatchObject(revoked);
      expect(await refresh(token)).toMatchObject({ status: 401 });
    }
    expect(await status(own.access)).toMatchObject({ status: 200 });
    expect(await verify(own.access)).toMatchObject({ status: 204 });
    const next = tokensOf(await refresh(own.refresh));
    expect(await verify(next.access)).toMatchObject({ status: 204 });
    expect(await status(stranger.access)).toMatchObject({ status: 200 });
    expect(await verify(stranger.access)).toMatchObject({ status: 204 });
  });

  it('denylists only sessions that have unexpired access tokens', async () => {
    const old = tokensOf(await register());
    const fresh = tokensOf(await logIn());
    const own = tokensOf(await logIn());
    const id = String(decodeJwt(old.access)['sid']);
    await sql('UPDATE sessions SET started_at = started_at - 971000 WHERE id = ?', id);
    const operations: KvOperation[] = [];
    const DENYLIST = watchDenylist((operation) => void operations.push(operation));
    expect(await startService({ env: { DENYLIST } }).logOut(own.access, 'others')).toMatchObject({ status: 200 });
    const written = operations.filter(({ operation }) => operation === 'put').map(({ keys }) => keys);
    expect(written).toEqual([[`sid:${String(decodeJwt(fresh.access)['sid'])}`]]);
    expect(await status(old.access)).toMatchObject(revoked);
  });

  it('denylists an old session that was refreshed recently', async () => {
    const clock = startClock();
    const { register, logIn, refresh, logOut, verify } = startService({ deps: { now: clock.now } });
    const first = tokensOf(await register());
    clock.pass(86_400);
    const { access } = tokensOf(await refresh(first.refresh));
    await logOut(tokensOf(await logIn()).access, 'others');
    expect(await verify(access)).toMatchObject(revoked);
  });

  it('denylists a session whose access token came from a repeated refresh, long after the rotation', async () => {
    const clock = startClock();
    const options = { deps: { now: clock.now }, env: { ACCESS_TOKEN_TTL_SECONDS: '60', REFRESH_GRACE_SECONDS: '300' } };
    const { register, logIn, refresh, logOut, verify } = startService(options);
    const first = tokensOf(await register());
    await refresh(first.refresh);
    clock.pass(299);
    const { access } = tokensOf(await refresh(first.refresh));
    await logOut(tokensOf(await logIn()).access, 'others');
    expect(await verify(access)).toMatchObject(revoked);
  });

  const addSessions = (count: number) =>
    sql(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2) INSERT INTO sessions (id, user_id, generation, started_at, expires_at) SELECT 'session ' || i, (SELECT id FROM users), 0, ?1, 9999999999999 FROM n",
      Date.now(),
      count,
    );

  it('denylists 400 sessions in one request, even when KV refuses the first write of each', async () => {
    const { access } = tokensOf(await register());
    await addSessions(400);
    const tried = new Set<string | undefined>();
    const DENYLIST = watchDenylist(({ operation, keys: [key] }) => {
      if (operation === 'get' || tried.has(key)) return;
      tried.add(key);
      fail();
    });
    expect(await startService({ env: { DENYLIST } }).logOut(access, 'others')).toMatchObject({ status: 200 });
    expect(tried.size).toBe(400);
  });

  it('responds with 503 when there are more sessions than one request can denylist', async () => {
    const { access } = tokensOf(await register());
    await addSessions(401);
    expect(await logOut(access, 'others')).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });
    expect(await logOut(access, 'all')).toMatchObject({ status: 200 });
  });

  it('responds with 503 when the denylist fails for one session, and completes the logout when it is repeated', async () => {
    const sessions = [tokensOf(await register()), tokensOf(await logIn())];
    const own = tokensOf(await logIn());
    const lost = `sid:${String(decodeJwt(sessions[1]?.access ?? '')['sid'])}`;
    const DENYLIST = watchDenylist(({ operation, keys }) =>
      operation === 'put' && keys[0] === lost ? fail() : undefined,
    );
    const response = await startService({ env: { DENYLIST } }).logOut(own.access, 'others');
    expect(response).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });
    expect(await verify(sessions[0]?.access)).toMatchObject(revoked);
    expect(await verify(sessions[1]?.access)).toMatchObject({ status: 204 });
    expect(await logOut(own.access, 'others')).toMatchObject({ status: 200 });
    expect(await verify(sessions[1]?.access)).toMatchObject(revoked);
    expect(await verify(own.access)).toMatchObject({ status: 204 });
  });

  it('waits for all writes to the denylist even when one fails first', async () => {
    const sessions = [tokensOf(await register()), tokensOf(await logIn())];
    const own = tokensOf(await logIn());
    const lost = `sid:${String(decodeJwt(sessions[0]?.access ?? '')['sid'])}`;
    const DENYLIST = watchDenylist(async ({ operation, keys }) => {
      if (operation !== 'put') return;
      if (keys[0] === lost) fail();
      await scheduler.wait(50);
    });
    expect(await startService({ env: { DENYLIST } }).logOut(own.access, 'others')).toMatchObject({ status: 503 });
    expect(await verify(sessions[1]?.access)).toMatchObject(revoked);
  });

  it('keeps revoked what an earlier request revoked', async () => {
    const first = tokensOf(await register());
    const second = tokensOf(await logIn());
    await logOut(first.access, 'others');
    const third = tokensOf(await logIn());
    await scheduler.wait(1);
    await logOut(third.access, 'others');
    expect(await verify(first.access)).toMatchObject(revoked);
    expect(await verify(second.access)).toMatchObject(revoked);
    expect(await verify(third.access)).toMatchObject({ status: 204 });
    await logOut(third.access, 'all');
    expect(await verify(third.access)).toMatchObject(revoked);
  });

  it('lets one of two sessions win that log each other out, and revokes the other everywhere', async () => {
    const sessions = [tokensOf(await register()), tokensOf(await logIn())];
    const responses = await Promise.all(sessions.map(({ access }) => logOut(access, 'others')));
    const winner = responses.findIndex(({ status }) => status === 200);
    expect(responses[1 - winner]).toMatchObject(revoked);
    const [won, lost] = [sessions[winner], sessions[1 - winner]];
    expect(await status(won?.access)).toMatchObject({ status: 200 });
    expect(await status(lost?.access)).toMatchObject(revoked);
    expect(await verify(lost?.access)).toMatchObject(revoked);
  });

  it('does not save the asking session from a logout of all at the same time', async () => {
    const [own, stolen] = [tokensOf(await register()), tokensOf(await logIn())];
    const logOutAll = beforeTrip(2, () => logOut(own.access, 'all'));
    const thief = startService({ env: watchDatabase(logOutAll) });
    expect(await thief.logOut(stolen.access, 'others')).toMatchObject(revoked);
    expect(await status(stolen.access)).toMatchObject(revoked);
    expect(await verify(stolen.access)).toMatchObject(revoked);
    expect(await refresh(stolen.refresh)).toMatchObject({ status: 401 });
  });
});
