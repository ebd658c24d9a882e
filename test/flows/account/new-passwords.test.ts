import { afterEach, describe, expect, it, vi } from 'vitest';
import { countRows, joe, startClock, startService } from '../../support/service.ts';
import { RANGE, startRanges } from '../../support/ranges.ts';
import { bug } from '../../support/storage.ts';

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
  ])('of %s is too short', async (_, password) => {
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
  ])('of %s is good, and is taken as it is', async (_, password) => {
    expect(await register({ ...joe, password })).toMatchObject({ status: 201 });
    expect(await logIn({ ...joe, password })).toMatchObject({ status: 200 });
    for (const other of [password.slice(0, -1), `${password} `, ` ${password}`, password.toUpperCase() + password]) {
      expect((await logIn({ ...joe, password: other })).status).not.toBe(200);
    }
  });

  it('may be limited to fewer characters, without shutting out who has more', async () => {
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
    'is not %j, which is common',
    async (password) => {
      const response = await register({ ...joe, password });
      expect(response).toMatchObject(refusedFor('Must not be one of the most common passwords.'));
      expect(await countRows()).toEqual({ users: 0, sessions: 0 });
    },
  );

  it('is good for as long as its owner wants it', async () => {
    const clock = startClock();
    const service = startService({ deps: { now: clock.now } });
    await service.register();
    clock.pass(10 * 365 * 86_400);
    expect(await service.logIn()).toMatchObject({ status: 200 });
  });

  it("may be common where that is allowed, as the tutorial's is in development", async () => {
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
  ])('is not %j, which everybody knows of the account or the service', async (password) => {
    const service = startService({ env: { AUDIENCE: 'an-audience', ISSUER: 'https://auth.example.org' } });
    const response = await service.register({ email: 'Joe.Smith@gmail.com', password });
    expect(response).toMatchObject(refusedFor('Must not be the e-mail address, a part of it, or our name.'));
  });

  it('may have such a name in it', async () => {
    expect(await register({ email: 'joe.smith@gmail.com', password: 'joe.smith has a dog' })).toMatchObject({
      status: 201,
    });
  });
});

describe('the check for breached passwords', () => {
  afterEach(() => vi.restoreAllMocks());

  // SHA-1: FIPS 180-4's "abc" is too short; this one is from the documentation of the range API.
  const breached = 'P@ssw0rd';
  const PREFIX = '21BD1';
  const SUFFIX = '2DC183F740EE76F27B78EB39C8AD972A757';
  const range = [
    '0018A45C4D1DEF81644B54AB7F969B88D65:1',
    '00D4F6E8FA6EECAD2A3AA415EEC418D38EC:2',
    `${SUFFIX}:52579`,
    '2DC183F740EE76F27B78EB39C8AD972A758:0',
  ].join('\r\n');
  const on = { PASSWORD_BREACH_CHECK: 'fail-closed', PASSWORD_COMMON: 'allow' };

  it('is off by default', async () => {
    const ranges = startRanges(() => new Response(range));
    expect(await register({ ...joe, password: 'Tr0ub4dor&3' })).toMatchObject({ status: 201 });
    expect(ranges.asked).toEqual([]);
  });

  it('refuses a password that is known from a breach', async () => {
    startRanges(() => new Response(range));
    const response = await startService({ env: on }).register({ ...joe, password: breached });
    expect(response).toMatchObject(refusedFor('Must not be known from a data breach.'));
    expect(await countRows()).toEqual({ users: 0, sessions: 0 });
  });

  it('hands out five hex digits and nothing else, and asks for padding', async () => {
    const ranges = startRanges(() => new Response(range));
    await startService({ env: on }).register({ ...joe, password: breached });
    expect(ranges.asked).toHaveLength(1);
    const [{ url, method, headers, body, redirect } = ranges.none] = ranges.asked;
    expect(url).toBe(`https://api.pwnedpasswords.com/range/${PREFIX}`);
    expect({ method, body, redirect }).toEqual({ method: 'GET', body: '', redirect: 'manual' });
    expect(headers).toEqual({ 'add-padding': 'true', 'user-agent': 'latchkey' });
  });

  it.each([
    ['others of its range', range.replace(SUFFIX, SUFFIX.replace('2D', '2E'))],
    ['padding', range.replace(`${SUFFIX}:52579`, `${SUFFIX}:0`)],
    ['half of the digits', range.replace(SUFFIX, SUFFIX.toLowerCase().slice(0, 17).toUpperCase() + '0'.repeat(18))],
  ])('lets one in when only %s is known', async (_, text) => {
    startRanges(() => new Response(text));
    expect(await startService({ env: on }).register({ ...joe, password: breached })).toMatchObject({ status: 201 });
  });

  it('looks for a password in the form that is hashed', async () => {
    const ranges = startRanges(() => new Response(range));
    const service = startService({ env: on });
    await service.register({ ...joe, password: 'naïve Åsa'.normalize('NFC') });
    await service.register({ ...joe, password: 'naïve Åsa'.normalize('NFD') });
    const [first, second] = ranges.asked.map(({ url }) => url);
    expect(second).toBe(first);
  });

  it('lets nothing in for a bug of our own', async () => {
    const service = startService({
      env: { PASSWORD_BREACH_CHECK: 'fail-open' },
      deps: { breachedPasswords: { findSuffixes: async () => bug() } },
    });
    expect(await service.register()).toMatchObject({ status: 500, body: { code: 'registration_failed' } });
  });

  it('asks for a range once in a day', async () => {
    const ranges = startRanges(() => new Response(range), { isCached: true });
    const url = `https://${crypto.randomUUID()}.example/`;
    const service = startService({ env: { ...on, PASSWORD_BREACH_URL: url } });
    for (let i = 0; i < 3; i += 1) {
      const response = await service.register({ ...joe, password: breached });
      expect(response).toMatchObject({ status: 400 });
    }
    expect(ranges.asked).toHaveLength(1);
    const kept = await (await caches.open('breached-passwords')).match(`${url}${PREFIX}`);
    expect(kept?.headers.get('cache-control')).toBe('max-age=86400');
    expect(await kept?.text()).toBe(range);
  });

  it('asks nobody about a password that is no good anyway, or about logins', async () => {
    const ranges = startRanges(() => new Response(range));
    const service = startService({ env: on });
    await service.register({ ...joe, password: 'short' });
    await register();
    await service.logIn();
    expect(ranges.asked).toEqual([]);
  });

  it('takes no more than a million characters for a range', async () => {
    const credentials = { ...joe, password: breached };
    const ranges = startRanges(() => new Response(RANGE.repeat(30_000)));
    const closed = await startService({ env: on }).register(credentials);
    expect(closed).toMatchObject({ status: 503, body: { code: 'breach_check_unavailable' } });
    expect(ranges.asked).toHaveLength(1);
  });

  it.each([
    ['is out of reach', () => Promise.reject(new Error(`connection to …/range/${PREFIX} refused`))],
    ['fails', () => new Response('sorry', { status: 500 })],
    ['limits us', () => new Response('', { status: 429 })],
    ['points elsewhere', () => new Response('', { status: 302, headers: { location: 'https://evil.example/' } })],
    ['answers with a page', () => new Response('<!doctype html>')],
    ['answers with other lines too', () => new Response(`${range}\r\nhunter2`)],
    ['answers without lines', () => new Response('\r\n')],
    ['answers without end', () => new Response(endless())],
    ['does not answer', () => new Promise<Response>(() => undefined)],
    ['does not finish to answer', () => new Response(new ReadableStream())],
  ])('refuses or lets in, as configured, when the service %s', async (_, answerWith) => {
    const ranges = startRanges(answerWith);
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const timing = { storageMs: 150 };
    const credentials = { ...joe, password: breached };
    const closed = await startService({ env: on, timing }).register(credentials);
    expect(closed).toMatchObject({ status: 503, body: { code: 'breach_check_unavailable' } });
    expect(closed.headers.get('retry-after')).toBe('5');
    expect(await countRows()).toEqual({ users: 0, sessions: 0 });
    const open = { ...on, PASSWORD_BREACH_CHECK: 'fail-open' };
    expect(await startService({ env: open, timing }).register(credentials)).toMatchObject({ status: 201 });
    expect(ranges.asked).toHaveLength(2);

    const [refused, letIn] = log.mock.calls.map(([line]) => String(line));
    expect(refused).toMatch(/"reason":"breach check: /);
    expect(letIn).toContain('breach check out of reach: password let in');
    expect(`${refused}${letIn}`).not.toMatch(new RegExp(`${PREFIX}|${SUFFIX}|hunter2`));
  });
});

/** Lines of a range, as many as anybody wants. */
function endless(): ReadableStream<Uint8Array> {
  const lines = new TextEncoder().encode('0018A45C4D1DEF81644B54AB7F969B88D65:1\r\n'.repeat(1000));
  return new ReadableStream({ pull: (controller) => controller.enqueue(lines) });
}
