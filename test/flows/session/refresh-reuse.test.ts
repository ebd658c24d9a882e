import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sql } from '../../support/database.ts';
import { startService, tokensOf } from '../../support/service.ts';
import { invalid, startRefreshing } from '../../support/refreshing.ts';
import { fail, type KvOperation, watchDenylist } from '../../support/storage.ts';

const { logIn, logOut, refresh, status, ...refreshing } = startRefreshing();
const { clock, deps, row, registerForTokens, refreshForTokens, refreshElsewhere, countDenylisted } = refreshing;
beforeEach(clock.round);

describe('a used refresh token', () => {
  it('gets its successor for ten seconds', async () => {
    const { refresh: token } = await registerForTokens();
    const { refresh: next } = await refreshForTokens(token);
    clock.pass(9.999);
    const again = await refresh(token);
    expect(tokensOf(again).refresh).toBe(next);
    expect(await status(tokensOf(again).access)).toMatchObject({ status: 200 });
    expect(await refresh(next)).toMatchObject({ status: 200 });
  });

  it('revokes the session when it comes after the grace from another device', async () => {
    const { refresh: token } = await registerForTokens();
    const { access, refresh: next } = await refreshForTokens(token);
    clock.pass(10);
    expect(await refreshElsewhere(token)).toMatchObject(invalid);
    expect(await refresh(next)).toMatchObject(invalid);
    expect(await refresh(token)).toMatchObject(invalid);
    expect(await status(access)).toMatchObject({ status: 401, body: { code: 'revoked_token' } });
    expect(await countDenylisted()).toBe(1);
    expect(await logIn()).toMatchObject({ status: 200 });
  });

  it('does not extend its grace by being presented again', async () => {
    const { refresh: token } = await registerForTokens();
    clock.pass(60);
    await refreshForTokens(token);
    const before = await row();
    const { post } = startService({ deps });
    for (const seconds of [4, 4, 1.5]) {
      clock.pass(seconds);
      const response = await post(
        '/auth/refresh',
        { refresh_token: token },
        { 'user-agent': 'b', 'cf-connecting-ip': '192.0.2.1' },
      );
      expect(response).toMatchObject({ status: 200 });
    }
    expect(await row()).toEqual({ ...before, shared: 1, shared_generation: 1 });
    clock.pass(0.5);
    expect(await refreshElsewhere(token)).toMatchObject(invalid);
  });

  it('revokes the session at once when it is older than the previous token', async () => {
    const { refresh: first } = await registerForTokens();
    clock.pass(3600);
    const { refresh: second } = await refreshForTokens(first);
    clock.pass(10);
    const { access, refresh: third } = await refreshForTokens(second);
    expect(await refresh(first)).toMatchObject(invalid);
    expect(await refresh(third)).toMatchObject(invalid);
    expect(await status(access)).toMatchObject({ status: 401, body: { code: 'revoked_token' } });
  });

  it('revokes only its own session', async () => {
    const { refresh: token } = await registerForTokens();
    const other = tokensOf(await logIn());
    await refreshForTokens(token);
    clock.pass(10);
    expect(await refreshElsewhere(token)).toMatchObject(invalid);
    expect(await status(other.access)).toMatchObject({ status: 200 });
    expect(await refresh(other.refresh)).toMatchObject({ status: 200 });
  });

  it('is not reuse within its grace when its user was disabled for a moment', async () => {
    const { refresh: token } = await registerForTokens();
    const { refresh: next } = await refreshForTokens(token);
    await sql('UPDATE users SET disabled_at = 1');
    expect(await refresh(token)).toMatchObject(invalid);
    await sql('UPDATE users SET disabled_at = NULL');
    expect(await refresh(next)).toMatchObject({ status: 200 });
  });

  it('does not denylist a session again that was revoked long ago', async () => {
    const { refresh: token } = await registerForTokens();
    await refreshForTokens(token);
    clock.pass(10);
    await refreshElsewhere(token);
    clock.pass(960);
    const untouched = { DENYLIST: watchDenylist(fail) };
    expect(await startService({ deps, env: untouched }).refresh(token)).toMatchObject(invalid);
  });

  it('has no grace when REFRESH_GRACE_SECONDS is 0', async () => {
    const graceless = startService({ deps, env: { REFRESH_GRACE_SECONDS: '0' } });
    const { refresh: token } = await registerForTokens();
    expect(await graceless.refresh(token)).toMatchObject({ status: 200 });
    expect(await refreshElsewhere(token, graceless)).toMatchObject(invalid);
  });
});

describe('a reuse while storage fails', () => {
  it('is denylisted when the token comes again, if the denylist failed before', async () => {
    const { refresh: token } = await registerForTokens();
    await refreshForTokens(token);
    clock.pass(10);
    const failPut = ({ operation }: KvOperation) => (operation === 'put' ? fail() : undefined);
    const broken = startService({ deps, env: { DENYLIST: watchDenylist(failPut) } });
    expect(await refreshElsewhere(token, broken)).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });
    expect(await row()).toMatchObject({ revoked_at: expect.any(Number) });
    expect(await countDenylisted()).toBe(0);
    clock.pass(5);
    expect(await refresh(token)).toMatchObject(invalid);
    expect(await countDenylisted()).toBe(1);
  });

  it('writes nothing when it is recorded already', async () => {
    const { refresh: token } = await registerForTokens();
    await refreshForTokens(token);
    clock.pass(10);
    await refreshElsewhere(token);
    clock.pass(5);
    const noPut = ({ operation }: KvOperation) => (operation === 'put' ? fail() : undefined);
    const { refresh: again } = startService({ deps, env: { DENYLIST: watchDenylist(noPut) } });
    expect(await again(token)).toMatchObject(invalid);
  });
});

describe('the log', () => {
  let written: string[];
  beforeEach(() => {
    written = [];
    vi.spyOn(console, 'log').mockImplementation((line: string) => void written.push(line));
  });
  afterEach(() => vi.restoreAllMocks());

  it('has one security event for a reuse, however many requests bring the token at once', async () => {
    const { refresh: token } = await registerForTokens();
    await refreshForTokens(token);
    clock.pass(10);
    const operations: KvOperation[] = [];
    const DENYLIST = watchDenylist((operation) => void operations.push(operation));
    const watched = startService({ deps, env: { DENYLIST } });
    const responses = await Promise.all(Array.from({ length: 20 }, () => refreshElsewhere(token, watched)));
    for (const response of responses) expect(response).toMatchObject(invalid);
    expect(written.filter((line) => line.includes('refresh_token_reuse'))).toHaveLength(1);
    expect(operations.filter(({ operation }) => operation === 'put')).toHaveLength(1);
  });

  it('has the ids of the user and the session with the security event of a reuse', async () => {
    const { access, refresh: token } = await registerForTokens();
    const { sub, sid } = decodeJwt(access);
    await refreshForTokens(token);
    clock.pass(10);
    await refreshElsewhere(token);
    await refreshElsewhere(token);
    expect(written.map((line): unknown => JSON.parse(line))).toMatchObject([
      { level: 'info' },
      { level: 'info' },
      {
        level: 'warn',
        route: '/auth/refresh',
        code: 'invalid_refresh_token',
        reason: 'a generation that had been used',
        security_events: [{ event: 'refresh_token_reuse', user_id: sub, session_id: sid }],
      },
      { level: 'info', reason: 'a generation that had been used' },
    ]);
    expect(written.join('')).not.toContain(token.split('.')[2]);
  });

  it('has the reason for a refusal, which the response leaves out', async () => {
    const { access, refresh: token } = await registerForTokens();
    await logOut(access);
    await refresh(token);
    await sql('UPDATE sessions SET revoked_at = NULL');
    await sql('UPDATE users SET disabled_at = 1');
    await refresh(token);
    await sql('UPDATE sessions SET generation = -1');
    await refresh(token);
    await sql('DELETE FROM users');
    await refresh(token);
    await refresh('a');
    const reasons = written.slice(2).map((line): unknown => JSON.parse(line));
    expect(reasons).toMatchObject([
      { reason: 'revoked session' },
      { reason: 'disabled account' },
      { reason: 'a generation to come' },
      { reason: 'no such session' },
      { reason: 'not a token of ours' },
    ]);
  });
});
