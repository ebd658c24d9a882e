import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ServiceResponse, bearer, countRows, startService, tokensOf } from '../support/service.ts';

/** No server listens there. */
const DOWN = { TURSO_DATABASE_URL: 'http://127.0.0.1:1' };

/** A proxy that has lost its server. */
const echoing = { TURSO_DATABASE_URL: env.LIBSQL_CONTROL_URL, TURSO_AUTH_TOKEN: 'echo' };

const unavailable = { status: 503, body: { code: 'storage_unavailable' } };

let written: string[];
beforeEach(() => {
  written = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void written.push(line));
});
afterEach(() => vi.restoreAllMocks());

type Service = ReturnType<typeof startService>;
type Tokens = ReturnType<typeof tokensOf>;

/** Every route that asks the database. */
const asking: [string, (service: Service, tokens: Tokens) => Promise<ServiceResponse>][] = [
  ['register', ({ register }) => register({ email: 'jane@gmail.com', password: 'correct horse' })],
  ['login', ({ logIn }) => logIn()],
  ['refresh', ({ refresh }, tokens) => refresh(tokens.refresh)],
  ['status', ({ status }, { access }) => status(access)],
  ['sessions', ({ listSessions }, { access }) => listSessions(access)],
  ['logout', ({ logOut }, { access }) => logOut(access)],
  ['logout of all', ({ logOut }, { access }) => logOut(access, 'all')],
  [
    'delete a session',
    ({ call }, { access }) => call('/auth/sessions/a', { method: 'DELETE', headers: bearer(access) }),
  ],
];

/** A service that soon stops waiting for a server that accepts requests and never completes a response. */
function startImpatient(authToken: 'silence' | 'half' = 'silence'): Service {
  return startService({
    env: { TURSO_DATABASE_URL: env.LIBSQL_CONTROL_URL, TURSO_AUTH_TOKEN: authToken },
    timing: { storageMs: 20 },
  });
}

describe.each([
  ['is down', () => startService({ env: DOWN })],
  ['refuses the token', () => startService({ env: { TURSO_AUTH_TOKEN: 'wrong' } })],
  ['responds too late', () => startImpatient()],
])('a server that %s', (_, startBroken) => {
  it.each(asking)('makes %s a 503 that changes nothing, and the next request succeeds', async (_, ask) => {
    const service = startService();
    const tokens = tokensOf(await service.register());
    const rows = await countRows();
    const response = await ask(startBroken(), tokens);
    expect(response).toMatchObject(unavailable);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(await countRows()).toEqual(rows);
    expect((await service.refresh(tokens.refresh)).status).toBe(200);
    expect((await ask(service, tokens)).status).toBeLessThan(500);
  });

  it('makes the service not ready', async () => {
    expect(await startBroken().call('/ready')).toMatchObject({ status: 503, body: { code: 'not_ready' } });
  });

  it('does not affect routes that ask no database', async () => {
    const { access } = tokensOf(await startService().register());
    expect(await startBroken().verify(access)).toMatchObject({ status: 204 });
    expect(await startBroken().call('/.well-known/jwks.json')).toMatchObject({ status: 200 });
    expect(await startBroken().status('a.b.c')).toMatchObject({ status: 401 });
  });
});

it.each([
  ['stops in the middle of its response', () => startImpatient('half')],
  ['is no database', () => startService({ env: { ...echoing, TURSO_AUTH_TOKEN: 'page' } })],
  ['redirects elsewhere', () => startService({ env: { ...echoing, TURSO_AUTH_TOKEN: 'elsewhere' } })],
])('responds 503 when the server %s', async (_, startBroken) => {
  expect(await startBroken().register()).toMatchObject(unavailable);
  expect(await startBroken().logIn()).toMatchObject(unavailable);
  expect(await countRows()).toEqual({ users: 0, sessions: 0 });
});

it.each(['silence', 'half'] as const)(
  'waits for the server as long as for any storage, and then closes the connection: %s',
  async (response) => {
    const abort = vi.spyOn(AbortController.prototype, 'abort');
    await startImpatient(response).register();
    const timeout = expect.objectContaining({ name: 'TimeoutError' });
    await vi.waitFor(() => expect(abort.mock.calls).toEqual([[timeout]]));
  },
);

it('leaves no timer behind, because an isolate may have ten thousand', async () => {
  const set = vi.spyOn(globalThis, 'setTimeout');
  const clear = vi.spyOn(globalThis, 'clearTimeout');
  await startService({ timing: { storageMs: 4711 } }).register();
  const timers = set.mock.results.filter((_, i) => set.mock.calls[i]?.[1] === 4711).map(({ value }): unknown => value);
  // One for the connection, and one for the whole trip.
  expect(timers).toHaveLength(2);
  expect(clear.mock.calls.flat()).toEqual(expect.arrayContaining(timers));
});

describe('the log', () => {
  const reasons = () => written.map((line) => /"reason":"([^"]*)"/.exec(line)?.[1]);

  it('names the fault of the server, and never the token', async () => {
    await startService({ env: { TURSO_AUTH_TOKEN: 'hunter2' } }).logIn();
    await startImpatient().logIn();
    await startService({ env: DOWN }).logIn();
    expect(reasons()).toEqual([
      'database: SERVER_ERROR: Server returned HTTP status 401',
      expect.stringMatching(/^database: (The operation was aborted due to timeout|no response within 20 ms)/),
      expect.stringMatching(/^database: /),
    ]);
    expect(written.join('')).not.toContain('hunter2');
  });

  it.each([
    ['echo', 'SERVER_ERROR: Server returned HTTP status 502'],
    ['echo-json', 'SERVER_ERROR: Server returned HTTP status 502'],
    ['echo-ok', 'the response is not JSON'],
    ['page', 'the response is not JSON'],
    ['elsewhere', 'SERVER_ERROR: Server returned HTTP status 307'],
  ])('does not repeat the response of a server that is no database: %s', async (TURSO_AUTH_TOKEN, complaint) => {
    const { register } = startService({ env: { ...echoing, TURSO_AUTH_TOKEN } });
    await register({ email: 'hunter2@gmail.com', password: 'correct horse' });
    expect(reasons()).toEqual([`database: ${complaint}`]);
    expect(written.join('')).not.toContain('hunter2');
  });
});
