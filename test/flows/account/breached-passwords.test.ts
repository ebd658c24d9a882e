import { afterEach, describe, expect, it, vi } from 'vitest';
import { createBreachedPasswords } from '../../../src/store/breached-passwords.ts';
import { RANGE, startRanges } from '../../support/ranges.ts';
import { countRows, joe, startService } from '../../support/service.ts';
import { bug } from '../../support/storage.ts';

const { register } = startService();

const refusedFor = (message: string) => ({
  status: 400,
  body: { code: 'invalid_request', errors: [{ path: 'password', message }] },
});

describe('the check for breached passwords', () => {
  afterEach(() => vi.restoreAllMocks());

  // The example of the documentation of the range API, because "abc" of FIPS 180-4 is too short for a password.
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

  it('sends five hex digits and nothing else, and asks for padding', async () => {
    const ranges = startRanges(() => new Response(range));
    await startService({ env: on }).register({ ...joe, password: breached });
    expect(ranges.asked).toHaveLength(1);
    const [{ url, method, headers, body, redirect } = ranges.none] = ranges.asked;
    expect(url).toBe(`https://api.pwnedpasswords.com/range/${PREFIX}`);
    expect({ method, body, redirect }).toEqual({ method: 'GET', body: '', redirect: 'manual' });
    expect(headers).toEqual({ 'add-padding': 'true', 'user-agent': 'latchkey' });
  });

  it.each([
    ['other passwords', range.replace(SUFFIX, SUFFIX.replace('2D', '2E'))],
    ['padding', range.replace(`${SUFFIX}:52579`, `${SUFFIX}:0`)],
    [
      'the first half of its digits',
      range.replace(SUFFIX, SUFFIX.toLowerCase().slice(0, 17).toUpperCase() + '0'.repeat(18)),
    ],
  ])('accepts a password when the range has only %s', async (_, text) => {
    startRanges(() => new Response(text));
    expect(await startService({ env: on }).register({ ...joe, password: breached })).toMatchObject({ status: 201 });
  });

  it('looks for a password in its normalized form', async () => {
    const ranges = startRanges(() => new Response(range));
    const service = startService({ env: on });
    await service.register({ ...joe, password: 'naïve Åsa'.normalize('NFC') });
    await service.register({ ...joe, password: 'naïve Åsa'.normalize('NFD') });
    const [first, second] = ranges.asked.map(({ url }) => url);
    expect(second).toBe(first);
  });

  it('responds with 500 for a bug, even with fail-open', async () => {
    const service = startService({
      env: { PASSWORD_BREACH_CHECK: 'fail-open' },
      deps: { breachedPasswords: { findSuffixes: async () => bug() } },
    });
    expect(await service.register()).toMatchObject({ status: 500, body: { code: 'registration_failed' } });
  });

  it('caches a range for a day', async () => {
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

  it('is not made for a password that is refused anyway, or at a login', async () => {
    const ranges = startRanges(() => new Response(range));
    const service = startService({ env: on });
    await service.register({ ...joe, password: 'short' });
    await register();
    await service.logIn();
    expect(ranges.asked).toEqual([]);
  });

  it('does not accept a range of more than a million characters', async () => {
    const credentials = { ...joe, password: breached };
    const ranges = startRanges(() => new Response(RANGE.repeat(30_000)));
    const closed = await startService({ env: on }).register(credentials);
    expect(closed).toMatchObject({ status: 503, body: { code: 'breach_check_unavailable' } });
    expect(ranges.asked).toHaveLength(1);
  });

  /** Starts a service whose deadline is short for the range API alone. */
  const startChecking = (PASSWORD_BREACH_CHECK: string) =>
    startService({
      env: { ...on, PASSWORD_BREACH_CHECK },
      deps: {
        breachedPasswords: createBreachedPasswords('https://api.pwnedpasswords.com/range/', { deadlineMs: 150 }),
      },
    });

  it.each([
    ['is unreachable', () => Promise.reject(new Error(`connection to …/range/${PREFIX} refused`))],
    ['fails', () => new Response('sorry', { status: 500 })],
    ['limits our requests', () => new Response('', { status: 429 })],
    ['redirects', () => new Response('', { status: 302, headers: { location: 'https://evil.example/' } })],
    ['responds with a page', () => new Response('<!doctype html>')],
    ['responds with other lines too', () => new Response(`${range}\r\nhunter2`)],
    ['responds without lines', () => new Response('\r\n')],
    ['responds without end', () => new Response(endless())],
    ['does not respond', () => new Promise<Response>(() => undefined)],
    ['does not finish its response', () => new Response(new ReadableStream())],
  ])('refuses or accepts, as configured, when the range API %s', async (_, respond) => {
    const ranges = startRanges(respond);
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const credentials = { ...joe, password: breached };
    const closed = await startChecking('fail-closed').register(credentials);
    expect(closed).toMatchObject({ status: 503, body: { code: 'breach_check_unavailable' } });
    expect(closed.headers.get('retry-after')).toBe('5');
    expect(await countRows()).toEqual({ users: 0, sessions: 0 });
    expect(await startChecking('fail-open').register(credentials)).toMatchObject({ status: 201 });
    expect(ranges.asked).toHaveLength(2);

    const [refused, letIn] = log.mock.calls.map(([line]) => String(line));
    expect(refused).toMatch(/"reason":"breach check: /);
    expect(letIn).toContain('breach check out of reach: password let in');
    expect(`${refused}${letIn}`).not.toMatch(new RegExp(`${PREFIX}|${SUFFIX}|hunter2`));
  });
});

/** An endless range. */
function endless(): ReadableStream<Uint8Array> {
  const lines = new TextEncoder().encode('0018A45C4D1DEF81644B54AB7F969B88D65:1\r\n'.repeat(1000));
  return new ReadableStream({ pull: (controller) => controller.enqueue(lines) });
}
