import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { sql, sqlValue } from '../../support/database.ts';
import { countRows, joe, startService } from '../../support/service.ts';
import { beforeTrip, bug, fail, watchDatabase } from '../../support/storage.ts';

const { register, logIn, status } = startService();

const pepper = (id: string) =>
  `${id}:${btoa(String.fromCharCode(...Array.from({ length: 32 }, (_, i) => (id.charCodeAt(0) + 151 * i) % 256)))}`;
const storedHash = () => sqlValue('SELECT password_hash FROM users');

const refusal = {
  status: 'fail',
  code: 'invalid_credentials',
  message: 'User does not exist.',
  request_id: expect.any(String),
};

describe('POST /auth/login', () => {
  it('begins a new session at every login', async () => {
    await register();
    const [first, second] = await Promise.all([logIn(), logIn()]);
    expect(first.status).toBe(200);
    expect(first.body).toEqual({
      status: 'success',
      message: 'Successfully logged in.',
      auth_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 900,
      refresh_token: expect.any(String),
      refresh_expires_in: 2_592_000,
    });
    expect(second.body['auth_token']).not.toBe(first.body['auth_token']);
    expect(await countRows()).toEqual({ users: 1, sessions: 3 });
    expect(await status(first.body['auth_token'])).toMatchObject({ status: 200 });
  });

  it('accepts the e-mail address in any case and with space around it', async () => {
    await register();
    expect(await logIn({ ...joe, email: ' JOE@gmail.com' })).toMatchObject({ status: 200 });
  });

  it('accepts the password in any Unicode normal form', async () => {
    await register({ ...joe, password: 'naïve Åsa'.normalize('NFC') });
    expect(await logIn({ ...joe, password: 'naïve Åsa'.normalize('NFD') })).toMatchObject({ status: 200 });
  });

  it('accepts a short and common password that was registered when those were allowed', async () => {
    await startService({ env: { PASSWORD_MIN_LENGTH: '6', PASSWORD_COMMON: 'allow' } }).register({
      ...joe,
      password: '123456',
    });
    expect(await logIn({ ...joe, password: '123456' })).toMatchObject({ status: 200 });
  });

  it('refuses an account that is disabled while the password is checked', async () => {
    await register();
    const disable = () => sql('UPDATE users SET disabled_at = 1');
    const { logIn } = startService({ env: watchDatabase(beforeTrip(2, disable)) });
    expect(await logIn()).toMatchObject({ status: 404, body: refusal });
    expect(await countRows()).toEqual({ users: 1, sessions: 1 });
  });

  it('responds with 503 when the database fails, and with 500 and its own message for a bug', async () => {
    const failed = await startService({ env: watchDatabase(fail) }).logIn();
    expect(failed).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });
    expect(failed.headers.get('retry-after')).toBe('5');
    await register();
    const response = await startService({ deps: { now: bug } }).logIn();
    expect(response).toMatchObject({ status: 500, body: { code: 'login_failed', message: 'Try again' } });
  });

  it('puts into the access token whether the user is an administrator', async () => {
    await register();
    await sql('UPDATE users SET admin = 1');
    const { admin } = decodeJwt(String((await logIn()).body['auth_token']));
    expect(admin).toBe(true);
  });

  it('gives the session the idle life of the configuration', async () => {
    const now = new Date('2026-11-23T12:00:00Z');
    const { register, logIn } = startService({ deps: { now: () => now }, env: { REFRESH_IDLE_TTL_SECONDS: '3600' } });
    const { body } = await register();
    expect(body['refresh_expires_in']).toBe(3600);
    await logIn();
    const results = await sql('SELECT started_at, expires_at, generation, revoked_at FROM sessions');
    const session = {
      started_at: now.getTime(),
      expires_at: now.getTime() + 3_600_000,
      generation: 0,
      revoked_at: null,
    };
    expect(results).toEqual([session, session]);
  });
});

describe('POST /auth/login after the hashing parameters changed', () => {
  it('replaces the hash once', async () => {
    await register();
    const { logIn } = startService({ env: { PBKDF2_ITERATIONS: '2000' } });
    const responses = await Promise.all([logIn(), logIn(), logIn()]);
    expect(responses.map((response) => response.status)).toEqual([200, 200, 200]);
    const hash = await storedHash();
    expect(hash).toContain('$i=2000,p=$');
    expect(await logIn()).toMatchObject({ status: 200 });
    expect(await storedHash()).toBe(hash);
    expect(await countRows()).toEqual({ users: 1, sessions: 5 });
  });

  it('does not replace a password hash that was set meanwhile', async () => {
    await register();
    const change = () => sql("UPDATE users SET password_hash = 'set meanwhile'");
    const database = watchDatabase(beforeTrip(2, change));
    await startService({ env: { ...database, PBKDF2_ITERATIONS: '2000' } }).logIn();
    expect(await storedHash()).toBe('set meanwhile');
  });

  it('keeps the hash after a wrong password', async () => {
    await register();
    const before = await storedHash();
    const { logIn } = startService({ env: { PBKDF2_ITERATIONS: '2000' } });
    expect(await logIn({ ...joe, password: 'wrong password' })).toMatchObject({ status: 404 });
    expect(await storedHash()).toBe(before);
  });

  it('adds a pepper and replaces it without locking anyone out', async () => {
    await register();
    for (const PASSWORD_PEPPER of [pepper('a'), `${pepper('b')},${pepper('a')}`]) {
      const { logIn } = startService({ env: { PASSWORD_PEPPER } });
      expect(await logIn()).toMatchObject({ status: 200 });
    }
    expect(await storedHash()).toContain('$i=1000,p=b$');
  });

  it('responds with 500 when the pepper of a hash is gone', async () => {
    await startService({ env: { PASSWORD_PEPPER: pepper('a') } }).register();
    expect(await logIn()).toMatchObject({ status: 500, body: { code: 'login_failed' } });
  });
});
