import { env } from 'cloudflare:workers';
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { sql, sqlValue } from '../../support/database.ts';
import { countRows, joe, newPassword, startService, tokensOf } from '../../support/service.ts';
import { beforeTrip, fail, type OnTrip, watchDatabase, watchDenylist } from '../../support/storage.ts';

const { register, logIn, status, refresh, changePassword, deleteUser } = startService();

/** Verifies at a new location. A location that has read KV before may take a minute to see a revocation. */
const verify = (token: unknown) => startService().verify(token);

const gone = { status: 401, body: { code: 'invalid_token' } };
const revoked = { status: 401, body: { code: 'revoked_token' } };

describe('DELETE /auth/user', () => {
  it('deletes the account with all that belongs to it, and nothing of anybody else', async () => {
    const stranger = tokensOf(await register({ ...joe, email: 'jane@gmail.com' }));
    const sessions = [tokensOf(await register()), tokensOf(await logIn())];
    const response = await deleteUser(sessions[0]?.access);
    expect(response).toMatchObject({ status: 200, body: { status: 'success', message: 'Account deleted.' } });
    for (const { access, refresh: token } of sessions) {
      expect(await status(access)).toMatchObject(gone);
      expect(await verify(access)).toMatchObject(revoked);
      expect(await refresh(token)).toMatchObject({ status: 401 });
    }
    expect(await countRows()).toEqual({ users: 1, sessions: 1 });
    expect(await sqlValue('SELECT count(*) FROM known_networks'), "the stranger's").toBe(1);
    expect(await sqlValue('SELECT count(*) FROM login_attempts')).toBe(0);
    expect(await status(stranger.access)).toMatchObject({ status: 200 });
    expect(await verify(stranger.access)).toMatchObject({ status: 204 });
    expect(await logIn()).toMatchObject({ status: 404, body: { code: 'invalid_credentials' } });
  });

  it('lets somebody register the address again, whom the former tokens do not concern', async () => {
    const former = tokensOf(await register());
    await deleteUser(former.access);
    const { access } = tokensOf(await register());
    expect(await status(access)).toMatchObject({ status: 200 });
    expect(await verify(access)).toMatchObject({ status: 204 });
    expect(await status(former.access)).toMatchObject(gone);
  });

  it('refuses a wrong password, and ends nothing', async () => {
    const { access } = tokensOf(await register());
    expect(await deleteUser(access, 'wrong password')).toMatchObject({ status: 403, body: { code: 'wrong_password' } });
    expect(await countRows()).toEqual({ users: 1, sessions: 1 });
    expect(await status(access)).toMatchObject({ status: 200 });
  });

  it('is one 200 of many at once; the others are refused as what they are by then', async () => {
    const tokens = [tokensOf(await register()), tokensOf(await logIn()), tokensOf(await logIn())];
    const responses = await Promise.all(
      Array.from({ length: 9 }, (_, i) => deleteUser(tokens[i % tokens.length]?.access)),
    );
    const seen = responses.map(({ status, body }) => (status === 200 ? '200' : `${status} ${String(body['code'])}`));
    for (const response of seen)
      expect(['200', '401 invalid_token', '401 revoked_token', '403 wrong_password']).toContain(response);
    expect(seen.filter((response) => response === '200')).toHaveLength(1);
    expect(await countRows()).toEqual({ users: 0, sessions: 0 });
    for (const { access } of tokens) expect(await verify(access)).toMatchObject(revoked);
  });
});

describe('a deletion that something comes between', () => {
  it.each([
    [2, 'before it checks the password', { status: 403, body: { code: 'wrong_password' } }],
    [3, 'before it ends the sessions', revoked],
  ])('leaves the account when trip %d comes after a change of the password, %s', async (trip, _, refusal) => {
    const own = tokensOf(await register());
    const other = tokensOf(await logIn());
    const slow = startService({ env: watchDatabase(beforeTrip(trip, () => changePassword(own.access))) });
    expect(await slow.deleteUser(other.access)).toMatchObject(refusal);
    expect(await countRows()).toMatchObject({ users: 1 });
    expect(await logIn({ ...joe, password: newPassword })).toMatchObject({ status: 200 });
  });

  it('deletes the account when a change of the password comes after it has ended the sessions', async () => {
    const own = tokensOf(await register());
    const other = tokensOf(await logIn());
    const changes: number[] = [];
    const change = async () => void changes.push((await changePassword(own.access)).status);
    const slow = startService({ env: watchDatabase(beforeTrip(4, change)) });
    expect(await slow.deleteUser(other.access)).toMatchObject({ status: 200 });
    expect(changes).toEqual([401]);
    expect(await countRows()).toEqual({ users: 0, sessions: 0 });
  });

  it('leaves the account to a login that has begun a session in between', async () => {
    const { access } = tokensOf(await register());
    const begun: string[] = [];
    const begin = async () => void begun.push(tokensOf(await logIn()).access);
    const slow = startService({ env: watchDatabase(beforeTrip(4, begin)) });
    expect(await slow.deleteUser(access)).toMatchObject(revoked);
    expect(await countRows()).toMatchObject({ users: 1 });
    for (const token of begun) expect(await status(token)).toMatchObject({ status: 200 });
    expect(await deleteUser(begun[0])).toMatchObject({ status: 200 });
    for (const token of begun) expect(await verify(token)).toMatchObject(revoked);
  });

  it('does not let a login that is under way come out alive', async () => {
    const { access } = tokensOf(await register());
    const slow = startService({ env: watchDatabase(beforeTrip(2, () => deleteUser(access))) });
    expect(await slow.logIn()).toMatchObject({ status: 404 });
    expect(await countRows()).toEqual({ users: 0, sessions: 0 });
    expect(await sqlValue('SELECT count(*) FROM known_networks')).toBe(0);
  });
});

describe('the deletion of an administrator', () => {
  const revokedOrLast = new Set([200, 401, 409]);

  it('is refused to the last one, and ends nothing', async () => {
    const { access } = tokensOf(await register());
    await sql('UPDATE users SET admin = 1');
    const lastAdmin = { status: 409, body: { code: 'last_admin' } };
    // No password is checked, so no attempt is counted.
    for (let i = 0; i < 12; i += 1) expect(await deleteUser(access)).toMatchObject(lastAdmin);
    expect(await logIn()).toMatchObject({ status: 200 });
    expect(await status(access)).toMatchObject({ status: 200 });
    await register({ ...joe, email: 'jane@gmail.com' });
    expect(await deleteUser(access)).toMatchObject(lastAdmin);
    await sql('UPDATE users SET admin = 1');
    expect(await deleteUser(access)).toMatchObject({ status: 200 });
  });

  it('leaves one of two who delete themselves at once', async () => {
    const both = [await register(), await register({ ...joe, email: 'jane@gmail.com' })].map(tokensOf);
    await sql('UPDATE users SET admin = 1');
    const deletions = await Promise.all(both.map(({ access }) => deleteUser(access)));
    expect(deletions.filter(({ status: code }) => !revokedOrLast.has(code))).toEqual([]);
    expect(await countRows()).toMatchObject({ users: 1 });
  });
});

describe('a deletion that storage fails', () => {
  it('leaves the account when KV cannot be written, and can be made again after a login', async () => {
    const { access } = tokensOf(await register());
    const DENYLIST = watchDenylist(({ operation }) => (operation === 'put' ? fail() : undefined));
    const unavailable = { status: 503, body: { code: 'storage_unavailable' } };
    expect(await startService({ env: { DENYLIST } }).deleteUser(access)).toMatchObject(unavailable);
    expect(await countRows()).toMatchObject({ users: 1 });
    expect(await deleteUser(access), 'completes the record in KV').toMatchObject(revoked);
    expect(await verify(access)).toMatchObject(revoked);
    const again = tokensOf(await logIn());
    expect(await deleteUser(again.access)).toMatchObject({ status: 200 });
    expect(await countRows()).toEqual({ users: 0, sessions: 0 });
  });

  it.each([1, 2, 3, 4])('leaves the account when the database fails at trip %d', async (trip) => {
    const { access } = tokensOf(await register());
    const database: OnTrip = beforeTrip(trip, async () => fail());
    expect(await startService({ env: watchDatabase(database) }).deleteUser(access)).toMatchObject({ status: 503 });
    expect(await countRows()).toMatchObject({ users: 1 });
    const again = tokensOf(await logIn());
    expect(await deleteUser(again.access)).toMatchObject({ status: 200 });
    expect(await env.DENYLIST.get(`sub:${decodeJwt(access).sub}`)).not.toBeNull();
  });
});
