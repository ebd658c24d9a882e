import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { sqlValue } from '../../support/database.ts';
import { joe, startService, tokensOf } from '../../support/service.ts';
import { beforeTrip, fail, type KvOperation, watchDatabase, watchDenylist, isUpdate } from '../../support/storage.ts';

const { register, logIn, logOut, refresh, status } = startService();

/** Verifies at a new location. A location that has read KV before may take a minute to see a revocation. */
const verify = (token: unknown) => startService().verify(token);

const revoked = {
  status: 401,
  body: { code: 'revoked_token', message: 'Token blacklisted. Please log in again.' },
};

describe('POST /auth/logout?scope=all', () => {
  it('revokes every session of the user and of nobody else', async () => {
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

  it('takes one KV entry and one batch, however many sessions there are', async () => {
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
      ['update "challenges"', 'update "users"', 'update "sessions"', 'insert into'],
    ]);
    expect(await sqlValue('SELECT count(*) FROM sessions WHERE revoked_at IS NULL')).toBe(0);
  });

  it('responds with 503 when the database fails, and succeeds when it is repeated', async () => {
    const { access } = tokensOf(await register());
    const other = tokensOf(await logIn());
    const broken = watchDatabase((trip) => (isUpdate(trip) ? fail() : undefined));
    const response = await startService({ env: broken }).logOut(access, 'all');
    expect(response).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });
    expect(await logOut(access, 'all')).toMatchObject({ status: 200 });
    for (const token of [access, other.access]) {
      expect(await status(token)).toMatchObject(revoked);
      expect(await verify(token)).toMatchObject(revoked);
    }
  });

  it('leaves sessions and later logins alone when the database fails', async () => {
    const { access, refresh: token } = tokensOf(await register());
    const broken = watchDatabase((trip) => (isUpdate(trip) ? fail() : undefined));
    expect(await startService({ env: broken }).logOut(access, 'all')).toMatchObject({ status: 503 });
    for (const { access: later } of [tokensOf(await logIn()), tokensOf(await refresh(token))]) {
      expect(await status(later)).toMatchObject({ status: 200 });
      expect(await verify(later)).toMatchObject({ status: 204 });
    }
  });

  it.each([
    ['denylist fails', { DENYLIST: watchDenylist(({ operation }) => (operation === 'put' ? fail() : undefined)) }],
    ['response of the database is lost', watchDatabase((trip) => (isUpdate(trip) ? fail : undefined))],
  ])('responds with 503 when the %s, and completes the logout when it is repeated', async (_, broken) => {
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

  describe('a logout of all that only the database has recorded', () => {
    /** Logs out all of three sessions. The database records it and the denylist does not. The first session asked. */
    const logOutHalfway = async () => {
      const tokens = [tokensOf(await register()), tokensOf(await logIn()), tokensOf(await logIn())] as const;
      const DENYLIST = watchDenylist(({ operation }) => (operation === 'put' ? fail() : undefined));
      expect(await startService({ env: { DENYLIST } }).logOut(tokens[0].access, 'all')).toMatchObject({ status: 503 });
      return tokens;
    };

    it('is completed when it is repeated, even by a session that was denylisted meanwhile', async () => {
      const [own, ...others] = await logOutHalfway();
      const { post } = startService();
      expect(await post('/auth/logout', { refresh_token: own.refresh })).toMatchObject({ status: 200 });
      expect(await logOut(own.access, 'all')).toMatchObject(revoked);
      for (const { access } of others) expect(await verify(access)).toMatchObject(revoked);
    });

    it('is completed when another of the sessions logs out', async () => {
      const [own, other, third] = await logOutHalfway();
      expect(await logOut(other.access)).toMatchObject(revoked);
      for (const { access } of [own, other, third]) expect(await verify(access)).toMatchObject(revoked);
    });

    it('does not undo a later logout of all when it is completed', async () => {
      const [own] = await logOutHalfway();
      const later = tokensOf(await logIn());
      expect(await logOut(later.access, 'all')).toMatchObject({ status: 200 });
      expect(await startService().logOut(own.access, 'all')).toMatchObject(revoked);
      expect(await verify(later.access)).toMatchObject(revoked);
      expect(await verify(tokensOf(await logIn()).access)).toMatchObject({ status: 204 });
    });

    it('keeps a later session that has logged out the others', async () => {
      const [own] = await logOutHalfway();
      const later = tokensOf(await logIn());
      expect(await logOut(later.access, 'others')).toMatchObject({ status: 200 });
      expect(await logOut(own.access, 'all')).toMatchObject(revoked);
      expect(await verify(later.access)).toMatchObject({ status: 204 });
      expect(await status(later.access)).toMatchObject({ status: 200 });
    });
  });

  it('revokes the asking session even when it was begun by a clock ahead of ours', async () => {
    const ahead = startService({ deps: { now: () => new Date(Date.now() + 500) } });
    const tokens = tokensOf(await ahead.register());
    expect(await logOut(tokens.access, 'all')).toMatchObject({ status: 200 });
    expect(await status(tokens.access)).toMatchObject(revoked);
    expect(await verify(tokens.access)).toMatchObject(revoked);
    expect(await refresh(tokens.refresh)).toMatchObject({ status: 401 });
  });

  it('revokes the sessions of every user version when two requests run at once', async () => {
    const { access } = tokensOf(await register());
    const between: string[] = [];
    const logOutAllAndLogIn = async () => {
      await logOut(access, 'all');
      between.push(tokensOf(await logIn()).access);
    };
    const slow = startService({ env: watchDatabase(beforeTrip(2, logOutAllAndLogIn)) });
    expect(await slow.logOut(access, 'all')).toMatchObject({ status: 200 });
    expect(await status(between[0])).toMatchObject(revoked);
    expect(await verify(between[0])).toMatchObject(revoked);
    expect(await verify(tokensOf(await logIn()).access)).toMatchObject({ status: 204 });
  });
});
