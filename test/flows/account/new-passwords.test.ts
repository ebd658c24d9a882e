import { describe, expect, it } from 'vitest';
import { countRows, joe, startClock, startService } from '../../support/service.ts';

const { register, logIn } = startService();

const refusedFor = (message: string) => ({
  status: 400,
  body: { code: 'invalid_request', errors: [{ path: 'password', message }] },
});

describe('a new password', () => {
  it.each([
    ['7 characters', 'sevench'],
    ['7 characters of two code units each', '🔑'.repeat(7)],
    ['8 characters that are 7 after NFKC', 'a\u0301bcdefg'],
  ])('is too short with %s', async (_, password) => {
    expect(await register({ ...joe, password })).toMatchObject(refusedFor('Must have at least 8 characters.'));
    expect(await countRows()).toEqual({ users: 0, sessions: 0 });
  });

  it.each([
    ['8 characters', 'eightchr'],
    ['64 characters', 'long and '.repeat(7) + 'x'],
    ['256 characters', '🔑 '.repeat(128)],
    ['spaces', ' '.repeat(7) + 'x'],
    ['lower case only', 'onlyletters'],
    ['digits only', '8205741963'],
    ['any script', 'пароль密码🔑'],
  ])('is accepted with %s, and compared exactly', async (_, password) => {
    expect(await register({ ...joe, password })).toMatchObject({ status: 201 });
    expect(await logIn({ ...joe, password })).toMatchObject({ status: 200 });
    for (const other of [password.slice(0, -1), `${password} `, ` ${password}`, password.toUpperCase() + password]) {
      expect((await logIn({ ...joe, password: other })).status).not.toBe(200);
    }
  });

  it('may be limited to fewer characters, without locking out users with longer passwords', async () => {
    const password = 'p'.repeat(40) + 'q'.repeat(40);
    const limited = startService({ env: { PASSWORD_MAX_LENGTH: '64' } });
    expect(await limited.register({ ...joe, password })).toMatchObject(refusedFor('Must have at most 64 characters.'));
    await register({ ...joe, password });
    expect(await limited.logIn({ ...joe, password })).toMatchObject({ status: 200 });
    const jane = { email: 'jane@gmail.com', password: password.slice(0, 65) };
    expect(await limited.register(jane)).toMatchObject(refusedFor('Must have at most 64 characters.'));
    expect(await limited.register({ ...jane, password: password.slice(0, 64) })).toMatchObject({ status: 201 });
  });

  it.each(['password', 'Password1', 'iloveyou', 'ＰＡＳＳＷＯＲＤ１', '12345678', 'abcdefgh', '11111111'])(
    'must not be %j, which is common',
    async (password) => {
      const response = await register({ ...joe, password });
      expect(response).toMatchObject(refusedFor('Must not be one of the most common passwords.'));
      expect(await countRows()).toEqual({ users: 0, sessions: 0 });
    },
  );

  it('never expires', async () => {
    const clock = startClock();
    const service = startService({ deps: { now: clock.now } });
    await service.register();
    clock.pass(10 * 365 * 86_400);
    expect(await service.logIn()).toMatchObject({ status: 200 });
  });

  it('may be common where the configuration allows it', async () => {
    const development = startService({ env: { PASSWORD_MIN_LENGTH: '6', PASSWORD_COMMON: 'allow' } });
    expect(await development.register({ ...joe, password: '123456' })).toMatchObject({ status: 201 });
  });

  it.each([
    'joe.smith@gmail.com',
    'JOE.SMITH@GMAIL.COM',
    ' joe.smith@gmail.com',
    'joe.smith',
    'gmail.com',
    'latchkey',
    'An-Audience',
    'https://auth.example.org',
    'auth.example.org',
  ])('must not be %j, which names the account or the service', async (password) => {
    const service = startService({ env: { AUDIENCE: 'an-audience', ISSUER: 'https://auth.example.org' } });
    const response = await service.register({ email: 'Joe.Smith@gmail.com', password });
    expect(response).toMatchObject(refusedFor('Must not be the e-mail address, a part of it, or our name.'));
  });

  it('may contain such a name', async () => {
    expect(await register({ email: 'joe.smith@gmail.com', password: 'joe.smith has a dog' })).toMatchObject({
      status: 201,
    });
  });
});
