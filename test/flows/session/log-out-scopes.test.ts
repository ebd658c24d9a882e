import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { sql, sqlValue } from '../../support/database.ts';
import { joe, startClock, startService, tokensOf } from '../../support/service.ts';
import { beforeTrip, fail, type KvOperation, watchDatabase, watchDenylist } from '../../support/storage.ts';

const { register, logIn, logOut, refresh, status } = startService();

/** Asks in a place that has not been asked before: one that has may take a minute to hear of a revocation. */
const verify = (token: unknown) => startService().verify(token);

const revoked = {
  status: 401,
  body: { code: 'revoked_token', message: 'Token blacklisted. Please log in again.' },
};

describe('a logout of all sessions', () => {
  it('ends every session of the user, and nobody else’s', async () => {
    const stranger = tokensOf(await register({ ...joe, email: 'jane@gmail.com' }));
    const sessions = [tokensOf(await register()), tokensOf(await logIn()), tokensOf(await logIn())];
    expect(await logOut(sessions[1]?.access, 'all')).toMatchObject({
      status: 200,
      body: { message: 'Successfully logged out.' },
    });
    for (const tokens of sessions) {
      expect(await status(tokens.access)).toMatchObject(revoked);
      expect(await verify(tokens.access)).toMatchObject(revoked);
      expect(await refresh(tokens.refresh)).toMatchObject({ status: 401 });
    }
    expect(await status(stranger.access)).toMatchObject({ status: 200 });
    expect(await verify(stranger.access)).toMatchObject({ status: 204 });
  });

  it('lets the user log in again at once', async () => {
    const { access } = tokensOf(await register());
    await logOut(access, 'all');
    const again = tokensOf(await logIn());
    expect(await status(again.access)).toMatchObject({ status: 200 });
    expect(await verify(again.access)).toMatchObject({ status: 204 });
    expect(await refresh(again.refresh)).toMatchObject({ status: 200 });
  });

  it('is one KV entry and one batch, however many sessions there are', async () => {
    const { access } = tokensOf(await register());
    for (let times = 0; times < 10; times += 1) await logIn();
    const { sub } = decodeJwt(access);
    const operations: KvOperation[] = [];
    const statements: string[][] = [];
    const DENYLIST = watchDenylist((operation) => void operations.push(operation));
    const database = watchDatabase((trip) => void statements.push(trip));
    expect(await startService({ env: { ...database, DENYLIST } }).logOut(access, 'all')).toMatchObject({ status: 200 });
    expect(operations.filter(({ operation }) => operation === 'put').map(({ keys }) => keys)).toEqual([[`sub:${sub}`]]);
    expect(statements.map((trip) => trip.map((sql) => sql.split(' ', 2).join(' ')))).toEqual([
      [expect.stringMatching(/^select/)],
      ['update "users"', 'update "sessions"'],
    ]);
    expect(await sqlValue('SELECT count(*) FROM sessions WHERE revoked_at IS NULL')).toBe(0);
  });

  it('is not said to be when the database could not record it, and is when asked again', async () => {
    const { access } = tokensOf(await register());
    const other = tokensOf(await logIn());
    const broken = watchDatabase(([sql]) => (sql?.startsWith('update') ? fail() : undefined));
    const response = await startService({ env: broken }).logOut(access, 'all');
    expect(response).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });
    expect(await logOut(access, 'all')).toMatchObject({ status: 200 });
    for (const token of [access, other.access]) {
      expect(await status(token)).toMatchObject(revoked);
      expect(await verify(token)).toMatchObject(revoked);
    }
  });

  it('keeps nobody out when the database could not record it: what was there goes on, and later logins are good', async () => {
    const { access, refresh: token } = tokensOf(await register());
    const broken = watchDatabase(([sql]) => (sql?.startsWith('update') ? fail() : undefined));
    expect(await startService({ env: broken }).logOut(access, 'all')).toMatchObject({ status: 503 });
    for (const { access: later } of [tokensOf(await logIn()), tokensOf(await refresh(token))]) {
      expect(await status(later)).toMatchObject({ status: 200 });
      expect(await verify(later)).toMatchObject({ status: 204 });
    }
  });

  it.each([
    [
      'denylist could not record it',
      { DENYLIST: watchDenylist(({ operation }) => (operation === 'put' ? fail() : undefined)) },
    ],
    ['database’s answer was lost', watchDatabase(([sql]) => (sql?.startsWith('update') ? fail : undefined))],
  ])('is not said to be when the %s, and is completed when asked again', async (_, broken) => {
    const { access } = tokensOf(await register());
    const other = tokensOf(await logIn());
    const response = await startService({ env: broken }).logOut(access, 'all');
    expect(response).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });
    expect(await verify(other.access)).toMatchObject({ status: 204 });
    expect(await logOut(access, 'all')).toMatchObject(revoked);
    for (const token of [access, other.access]) {
      expect(await status(token)).toMatchObject(revoked);
      expect(await verify(token)).toMatchObject(revoked);
    }
    expect(await verify(tokensOf(await logIn()).access)).toMatchObject({ status: 204 });
  });

  describe('that only the database has recorded', () => {
    /** Three sessions, all of them ended in the database and none in the denylist; the first one has asked for it. */
    const halfDone = async () => {
      const tokens = [tokensOf(await register()), tokensOf(await logIn()), tokensOf(await logIn())] as const;
      const DENYLIST = watchDenylist(({ operation }) => (operation === 'put' ? fail() : undefined));
      expect(await startService({ env: { DENYLIST } }).logOut(tokens[0].access, 'all')).toMatchObject({ status: 503 });
      return tokens;
    };

    it('is completed when asked again, also when the session that asks has been listed meanwhile', async () => {
      const [own, ...others] = await halfDone();
      const { post } = startService();
      expect(await post('/auth/logout', { refresh_token: own.refresh })).toMatchObject({ status: 200 });
      expect(await logOut(own.access, 'all')).toMatchObject(revoked);
      for (const { access } of others) expect(await verify(access)).toMatchObject(revoked);
    });

    it('is completed when another one of the sessions asks', async () => {
      const [own, other, third] = await halfDone();
      expect(await logOut(other.access)).toMatchObject(revoked);
      for (const { access } of [own, other, third]) expect(await verify(access)).toMatchObject(revoked);
    });

    it('takes back nothing of a later one when it is completed', async () => {
      const [own] = await halfDone();
      const later = tokensOf(await logIn());
      expect(await logOut(later.access, 'all')).toMatchObject({ status: 200 });
      expect(await startService().logOut(own.access, 'all')).toMatchObject(revoked);
      expect(await verify(later.access)).toMatchObject(revoked);
      expect(await verify(tokensOf(await logIn()).access)).toMatchObject({ status: 204 });
    });

    it('lets in who has logged in since, and ended the others', async () => {
      const [own] = await halfDone();
      const later = tokensOf(await logIn());
      expect(await logOut(later.access, 'others')).toMatchObject({ status: 200 });
      expect(await logOut(own.access, 'all')).toMatchObject(revoked);
      expect(await verify(later.access)).toMatchObject({ status: 204 });
      expect(await status(later.access)).toMatchObject({ status: 200 });
    });
  });

  it('ends the session that asks also when its clock was ahead of ours', async () => {
    const ahead = startService({ deps: { now: () => new Date(Date.now() + 500) } });
    const tokens = tokensOf(await ahead.register());
    expect(await logOut(tokens.access, 'all')).toMatchObject({ status: 200 });
    expect(await status(tokens.access)).toMatchObject(revoked);
    expect(await verify(tokens.access)).toMatchObject(revoked);
    expect(await refresh(tokens.refresh)).toMatchObject({ status: 401 });
  });

  it('ends the sessions of every version when two of them run at once', async () => {
    const { access } = tokensOf(await register());
    const between: string[] = [];
    const endAllAndLogIn = async () => {
      await logOut(access, 'all');
      between.push(tokensOf(await logIn()).access);
    };
    const slow = startService({ env: watchDatabase(beforeTrip(2, endAllAndLogIn)) });
    expect(await slow.logOut(access, 'all')).toMatchObject({ status: 200 });
    expect(await status(between[0])).toMatchObject(revoked);
    expect(await verify(between[0])).toMatchObject(revoked);
    expect(await verify(tokensOf(await logIn()).access)).toMatchObject({ status: 204 });
  });
});

describe('a logout of the other sessions', () => {
  it('ends them, and neither the one that asks nor those of anybody else', async () => {
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

  it('lists those that have access tokens in force, and no others', async () => {
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

  it('lists those that began long ago and have been refreshed since', async () => {
    const clock = startClock();
    const { register, logIn, refresh, logOut, verify } = startService({ deps: { now: clock.now } });
    const first = tokensOf(await register());
    clock.pass(86_400);
    const { access } = tokensOf(await refresh(first.refresh));
    await logOut(tokensOf(await logIn()).access, 'others');
    expect(await verify(access)).toMatchObject(revoked);
  });

  it('lists also those whose access token came by a repeated refresh, long after the rotation', async () => {
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

  it('lists 400 of them in one request, also when KV takes no entry at the first attempt', async () => {
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

  it('is not said to be when there are more of them than one request can list', async () => {
    const { access } = tokensOf(await register());
    await addSessions(401);
    expect(await logOut(access, 'others')).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });
    expect(await logOut(access, 'all')).toMatchObject({ status: 200 });
  });

  it('is not said to be when the denylist could not record one of them, and is when asked again', async () => {
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

  it('waits for all entries, also when one of them fails at once', async () => {
    const sessions = [tokensOf(await register()), tokensOf(await logIn())];
    const own = tokensOf(await logIn());
    const lost = `sid:${String(decodeJwt(sessions[0]?.access ?? '')['sid'])}`;
    const DENYLIST = watchDenylist(async ({ operation, keys }) => {
      if (operation !== 'put') return;
      if (keys[0] === lost) fail();
      await scheduler.wait(200);
    });
    expect(await startService({ env: { DENYLIST } }).logOut(own.access, 'others')).toMatchObject({ status: 503 });
    expect(await verify(sessions[1]?.access)).toMatchObject(revoked);
  });

  it('does not bring back what another one ended', async () => {
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

  it('has one winner when two sessions end each other, and the other one is over everywhere', async () => {
    const sessions = [tokensOf(await register()), tokensOf(await logIn())];
    const responses = await Promise.all(sessions.map(({ access }) => logOut(access, 'others')));
    const winner = responses.findIndex(({ status }) => status === 200);
    expect(responses[1 - winner]).toMatchObject(revoked);
    const [won, lost] = [sessions[winner], sessions[1 - winner]];
    expect(await status(won?.access)).toMatchObject({ status: 200 });
    expect(await status(lost?.access)).toMatchObject(revoked);
    expect(await verify(lost?.access)).toMatchObject(revoked);
  });

  it('cannot hide a session from a logout of all', async () => {
    const [own, stolen] = [tokensOf(await register()), tokensOf(await logIn())];
    const endAll = beforeTrip(2, () => logOut(own.access, 'all'));
    const thief = startService({ env: watchDatabase(endAll) });
    expect(await thief.logOut(stolen.access, 'others')).toMatchObject(revoked);
    expect(await status(stolen.access)).toMatchObject(revoked);
    expect(await verify(stolen.access)).toMatchObject(revoked);
    expect(await refresh(stolen.refresh)).toMatchObject({ status: 401 });
  });
});
