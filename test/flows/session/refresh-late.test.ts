import { env } from 'cloudflare:workers';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { signRefreshToken } from '../../../src/crypto/refresh-token.ts';
import { sql } from '../../support/database.ts';
import { invalid, startRefreshing } from '../../support/refreshing.ts';
import { tokensOf } from '../../support/service.ts';

const { call, register, refresh, status, ...refreshing } = startRefreshing();
const { clock, row, registerForTokens, refreshForTokens, refreshElsewhere } = refreshing;
beforeEach(clock.round);

const HOUR = 3600;
const DAY = 24 * HOUR;

const phone = { 'user-agent': 'phone' };

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

describe('a long session', () => {
  const begin = async (headers = phone) => {
    await register();
    const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } };
    const body = JSON.stringify({ email: 'joe@gmail.com', password: 'correct horse' });
    return tokensOf(await call('/auth/login', { ...init, body })).refresh;
  };
  const present = (token: string) => refreshing.post('/auth/refresh', { refresh_token: token }, phone);

  it('survives on a phone that loses one response in twenty and comes back after hours', async () => {
    let token = await begin();
    let lostResponses = 0;
    for (let times = 1; times <= 200; times += 1) {
      clock.pass(HOUR * (1 + ((times * 7) % 9)));
      const response = await present(token);
      expect(response.status, `refresh ${times}`).toBe(200);
      if (times % 20 === 0) lostResponses += 1;
      else token = tokensOf(response).refresh;
    }
    expect(lostResponses).toBe(10);
  });

  it.each([
    ['at once', 60],
    ['a day later', DAY + 60],
    ['a fortnight later', 14 * DAY],
  ])(
    'reveals at the second refresh, %s, a thief who has an old token and looks like the owner',
    async (_, patience) => {
      const first = await begin();
      clock.pass(HOUR);
      const owner = tokensOf(await present(first)).refresh;
      clock.pass(HOUR);
      const thief = tokensOf(await present(first)).refresh;
      expect(thief, 'the owner has not presented it yet').toBe(owner);
      clock.pass(patience);
      await present(owner);
      clock.pass(patience);
      expect(await present(thief)).toMatchObject(invalid);
      expect(await present(owner)).toMatchObject(invalid);
    },
  );

  it('reveals a thief who refreshes first as soon as the owner refreshes, however late', async () => {
    const first = await begin();
    clock.pass(HOUR);
    const owner = tokensOf(await present(first)).refresh;
    clock.pass(HOUR);
    const thief = tokensOf(await present(first)).refresh;
    clock.pass(HOUR);
    const next = tokensOf(await present(thief)).refresh;
    clock.pass(10 * DAY);
    expect(await present(owner)).toMatchObject(invalid);
    expect(await present(next)).toMatchObject(invalid);
  });

  it('reveals a thief with the current token once thief and owner have each refreshed twice', async () => {
    for (const second of ['thief', 'owner'] as const) {
      const email = `${second}@example.org`;
      const init = { method: 'POST', headers: { 'content-type': 'application/json', ...phone } };
      const body = JSON.stringify({ email, password: 'correct horse' });
      const stolen = tokensOf(await call('/auth/register', { ...init, body })).refresh;
      clock.pass(HOUR);
      const thief = tokensOf(await present(stolen)).refresh;
      clock.pass(HOUR);
      const owner = tokensOf(await present(stolen)).refresh;
      expect(owner, 'forgiven').toBe(thief);
      clock.pass(second === 'thief' ? HOUR : 2 * DAY);
      expect(await present(owner)).toMatchObject({ status: 200 });
      clock.pass(2 * DAY);
      expect(await present(thief), 'the same token, presented by the other').toMatchObject(invalid);
    }
  });

  it('reveals a thief who follows within the grace at first and is late afterwards', async () => {
    const first = await begin();
    clock.pass(HOUR);
    const owner = tokensOf(await present(first)).refresh;
    clock.pass(5);
    const thief = tokensOf(await present(first)).refresh;
    clock.pass(HOUR);
    const next = tokensOf(await present(owner)).refresh;
    clock.pass(HOUR);
    expect(await present(thief)).toMatchObject(invalid);
    expect(await present(next)).toMatchObject(invalid);
  });

  it('does not reveal a thief who follows every refresh of the owner within the grace', async () => {
    let owner = await begin();
    for (let times = 0; times < 20; times += 1) {
      clock.pass(HOUR);
      const stolen = owner;
      owner = tokensOf(await present(owner)).refresh;
      clock.pass(9);
      expect(tokensOf(await present(stolen)).refresh).toBe(owner);
    }
    expect(await present(owner)).toMatchObject({ status: 200 });
  });
});
