import { env } from 'cloudflare:workers';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { signRefreshToken } from '../../../src/crypto/refresh-token.ts';
import { sql } from '../../support/database.ts';
import { invalid, startRefreshing } from '../../support/refreshing.ts';
import { tokensOf } from '../../support/service.ts';

const { call, refresh, status, clock, row, registerForTokens, refreshForTokens, refreshElsewhere } = startRefreshing();
beforeEach(clock.round);

const HOUR = 3600;
const DAY = 24 * HOUR;

describe('a session that is younger than the grace', () => {
  it('treats every earlier token as a repeat and responds with the current one', async () => {
    const { refresh: first } = await registerForTokens();
    const { refresh: second } = await refreshForTokens(first);
    const { refresh: third } = await refreshForTokens(second);
    clock.pass(1);
    for (const token of [first, second, first]) expect((await refreshForTokens(token)).refresh).toBe(third);
    expect(await row()).toMatchObject({ revoked_at: null, generation: 2 });
  });

  it('responds with the current token for the whole grace of an earlier one, however often the session was rotated since', async () => {
    const { refresh: first } = await registerForTokens();
    clock.pass(5);
    const { refresh: second } = await refreshForTokens(first);
    clock.pass(4);
    const { refresh: third } = await refreshForTokens(second);
    clock.pass(5.999);
    expect((await refreshForTokens(first)).refresh, 'ten seconds after the rotation').toBe(third);
  });

  it('refuses a token whose grace is over', async () => {
    const { refresh: first } = await registerForTokens();
    const { refresh: second } = await refreshForTokens(first);
    await refreshForTokens(second);
    clock.pass(10);
    expect(await refresh(first)).toMatchObject(invalid);
  });

  it('refuses a token when the session was rotated again after its grace', async () => {
    const { refresh: first } = await registerForTokens();
    const { refresh: second } = await refreshForTokens(first);
    clock.pass(10);
    await refreshForTokens(second);
    expect(await refresh(first)).toMatchObject(invalid);
  });
});

describe('the previous token, whose successor nobody has presented', () => {
  /** Begins a session and refreshes it an hour later; `token` is the previous and `next` the current token. */
  const loseResponse = async () => {
    const { refresh: token } = await registerForTokens();
    clock.pass(HOUR);
    return { token, next: (await refreshForTokens(token)).refresh };
  };

  it('gets its successor hours later, because the response was lost', async () => {
    const { token, next } = await loseResponse();
    clock.pass(5 * HOUR);
    const response = await refresh(token);
    expect(tokensOf(response).refresh).toBe(next);
    expect(response.body).toMatchObject({ expires_in: 900, refresh_expires_in: 30 * DAY });
    expect(await status(tokensOf(response).access)).toMatchObject({ status: 200 });
    expect(await refresh(next)).toMatchObject({ status: 200 });
  });

  it('gets a new grace when it comes late, for a retry and for tabs that wake up together', async () => {
    const { token, next } = await loseResponse();
    clock.pass(5 * HOUR);
    const responses = await Promise.all(Array.from({ length: 10 }, () => refresh(token)));
    for (const response of responses) expect(tokensOf(response).refresh).toBe(next);
    expect((await refreshForTokens(next)).refresh).toBe(next);
    clock.pass(9.999);
    expect((await refreshForTokens(token)).refresh).toBe(next);
    expect(await row()).toMatchObject({ generation: 1, revoked_at: null });
  });

  it('is reuse when its successor was presented, even if only within the grace', async () => {
    const { token, next } = await loseResponse();
    expect((await refreshForTokens(next)).refresh).toBe(next);
    clock.pass(HOUR);
    expect(await refresh(token)).toMatchObject(invalid);
    expect(await refresh(next)).toMatchObject(invalid);
  });

  it('is reuse when it is older than the previous token', async () => {
    const { token, next } = await loseResponse();
    clock.pass(HOUR);
    await refreshForTokens(next);
    clock.pass(HOUR);
    expect(await refresh(token)).toMatchObject(invalid);
  });

  it('is reuse from another user agent', async () => {
    const { token, next } = await loseResponse();
    clock.pass(HOUR);
    expect(await refreshElsewhere(token)).toMatchObject(invalid);
    expect(await refresh(next)).toMatchObject(invalid);
  });

  it('is reuse from another country', async () => {
    const { token } = await loseResponse();
    clock.pass(HOUR);
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, cf: { country: 'AQ' } };
    expect(await call('/auth/refresh', { ...init, body: JSON.stringify({ refresh_token: token }) })).toMatchObject(
      invalid,
    );
  });

  /** Begins a session that was forgiven a late retry two hours ago; `fourth` is the current token. */
  const getForgiven = async () => {
    const { token, next } = await loseResponse();
    clock.pass(HOUR);
    await refreshForTokens(token);
    clock.pass(HOUR);
    const { refresh: third } = await refreshForTokens(next);
    clock.pass(HOUR);
    return { third, fourth: (await refreshForTokens(third)).refresh };
  };

  it('is reuse when a late retry was forgiven in the last 24 hours', async () => {
    const { third, fourth } = await getForgiven();
    clock.pass(22 * HOUR - 0.001);
    expect(await refresh(third)).toMatchObject(invalid);
    expect(await refresh(fourth)).toMatchObject(invalid);
  });

  it('is forgiven again after 24 hours', async () => {
    const { third, fourth } = await getForgiven();
    clock.pass(22 * HOUR);
    expect((await refreshForTokens(third)).refresh).toBe(fourth);
  });

  it.each([
    ['a late retry', HOUR],
    ['a retry within the grace', 5],
  ])('is reuse, however late, when it was also handed out to %s, because two may hold it', async (_, seconds) => {
    const { token, next } = await loseResponse();
    clock.pass(seconds);
    expect((await refreshForTokens(token)).refresh).toBe(next);
    clock.pass(HOUR);
    await refreshForTokens(next);
    clock.pass(20 * DAY);
    expect(await refresh(next)).toMatchObject(invalid);
  });

  it('is reuse in a session that was last rotated before migration 0004', async () => {
    const { refresh: token } = await registerForTokens();
    await sql(
      'INSERT INTO sessions (id, user_id, generation, started_at, expires_at, rotated_at) SELECT ?, id, 1, 1, 9999999999999, 1 FROM users',
      'f9aa5a25-63b3-4c53-a53a-21ab8bb2c1f8',
    );
    await sql('UPDATE sessions SET started_at = ?', clock.now().getTime() - DAY * 1000);
    const old = await signRefreshToken(
      { sessionId: 'f9aa5a25-63b3-4c53-a53a-21ab8bb2c1f8', generation: 0 },
      env.SECRET_KEY,
    );
    expect(await refresh(old)).toMatchObject(invalid);
    expect(await refresh(token)).toMatchObject({ status: 200 });
  });
});

describe('the log', () => {
  afterEach(() => vi.restoreAllMocks());

  it('has a security event for a forgiven retry', async () => {
    const written: string[] = [];
    const { access, refresh: token } = await registerForTokens();
    await refreshForTokens(token);
    clock.pass(HOUR);
    vi.spyOn(console, 'log').mockImplementation((line: string) => void written.push(line));
    await refreshForTokens(token);
    await refreshForTokens(token);
    const { sub, sid } = decodeJwt(access);
    expect(written.map((line): unknown => JSON.parse(line))).toMatchObject([
      { level: 'warn', security_events: [{ event: 'refresh_token_late', user_id: sub, session_id: sid }] },
      { level: expect.any(String) },
    ]);
    expect(written.join('')).not.toContain(token.split('.')[2]);
  });
});
