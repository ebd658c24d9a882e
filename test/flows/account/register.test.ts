import { describe, expect, it } from 'vitest';
import { countRows, joe, startService } from '../../support/service.ts';
import { bug, fail, watchDatabase } from '../../support/storage.ts';

const { register, logIn, status } = startService();

describe('POST /auth/register', () => {
  it('creates an account and logs it in', async () => {
    const response = await register();
    expect(response.status).toBe(201);
    expect(response.body).toEqual({
      status: 'success',
      message: 'Successfully registered.',
      auth_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      token_type: 'Bearer',
      expires_in: 900,
      refresh_token: expect.stringMatching(/^[\w-]{36}\.0\.[\w-]{43}$/),
      refresh_expires_in: 2_592_000,
    });
    expect(await status(response.body['auth_token'])).toMatchObject({ status: 200 });
    expect(await countRows()).toEqual({ users: 1, sessions: 1 });
  });

  it('refuses an e-mail address that has an account', async () => {
    await register();
    const again = await register({ email: joe.email, password: 'another password' });
    expect(again.status).toBe(202);
    expect(again.body).toEqual({
      status: 'fail',
      code: 'email_taken',
      message: 'User already exists. Please Log in.',
      request_id: expect.any(String),
    });
    expect(await countRows()).toEqual({ users: 1, sessions: 1 });
    expect(await logIn()).toMatchObject({ status: 200 });
  });

  it.each([
    ['JOE@GMAIL.COM', 'in capitals'],
    ['  joe@gmail.com\n', 'with space around it'],
    ['ｊｏｅ＠ｇｍａｉｌ．ｃｏｍ', 'in full-width letters'],
  ])('treats %j, %s, as the same e-mail address', async (email) => {
    await register();
    expect(await register({ ...joe, email })).toMatchObject({ status: 202, body: { code: 'email_taken' } });
  });

  it('treats an international domain and its ASCII form as the same', async () => {
    await register({ ...joe, email: 'joe@bücher.example' });
    const response = await register({ ...joe, email: 'joe@xn--bcher-kva.example' });
    expect(response).toMatchObject({ status: 202, body: { code: 'email_taken' } });
  });

  it('creates one account for a hundred simultaneous registrations', async () => {
    const spellings = ['joe@gmail.com', 'Joe@Gmail.com', 'JOE@GMAIL.COM', ' joe@gmail.COM '];
    const attempts = Array.from({ length: 100 }, (_, i) =>
      register({ ...joe, email: spellings[i % spellings.length] }),
    );
    const statuses = (await Promise.all(attempts)).map((response) => response.status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 202)).toHaveLength(99);
    expect(await countRows()).toEqual({ users: 1, sessions: 1 });
  });

  it('requires the configured minimum of characters, counted after normalization', async () => {
    const { register } = startService({ env: { PASSWORD_MIN_LENGTH: '8' } });
    const tooShort = await register({ ...joe, password: 'e\u0301e\u0301e\u0301e\u03011234'.slice(0, -1) });
    expect(tooShort).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', errors: [{ path: 'password', message: 'Must have at least 8 characters.' }] },
    });
    expect(await countRows()).toEqual({ users: 0, sessions: 0 });
    expect(await register({ ...joe, password: 'e\u0301e\u0301e\u0301e\u03011234' })).toMatchObject({ status: 201 });
  });

  it('accepts a password of 256 characters and no more', async () => {
    expect(await register({ ...joe, password: '🔑'.repeat(257) })).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', errors: [{ path: 'password', message: 'Must have at most 256 characters.' }] },
    });
    expect(await register({ ...joe, password: '🔑'.repeat(256) })).toMatchObject({ status: 201 });
  });

  it('responds with 503 when the database fails, and with 500 and its own message for a bug', async () => {
    const failed = await startService({ env: watchDatabase(fail) }).register();
    expect(failed).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });
    expect(failed.headers.get('retry-after')).toBe('5');
    const response = await startService({ deps: { now: bug } }).register();
    expect(response.status).toBe(500);
    expect(response.body).toMatchObject({
      code: 'registration_failed',
      message: 'Some error occurred. Please try again.',
    });
  });
});
