import { env, exports } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Verifier } from '../../../src/index.ts';
import page from '../../../docs/reference/failures.md?raw';
import { startClients } from '../../support/clients.ts';
import { type Failure, failures } from '../../support/failures.ts';
import {
  type ServiceResponse,
  bearer,
  bindingsOf,
  joe,
  startService,
  type TestTiming,
  tokensOf,
} from '../../support/service.ts';
import { emptyTables, isLibsql, sqlValue } from '../../support/database.ts';

type Service = ReturnType<typeof startClients>;
type Tokens = { access: string; refresh: string; other: string };
type Ask = (service: Service, tokens: Tokens) => Promise<ServiceResponse>;

/** For each row of the matrix, a request and the status of its success when nothing is broken. */
const requests: Record<string, { ask: Ask; success: number }> = {
  register: { ask: ({ register }) => register({ ...joe, email: 'jane@gmail.com' }), success: 201 },
  login: { ask: ({ logIn }) => logIn(), success: 200 },
  refresh: { ask: ({ refresh }, tokens) => refresh(tokens.refresh), success: 200 },
  'status, user': { ask: ({ status }, { access }) => status(access), success: 200 },
  sessions: { ask: ({ listSessions }, { access }) => listSessions(access), success: 200 },
  'delete a session': {
    ask: ({ call }, { access, other }) =>
      call(`/auth/sessions/${other}`, { method: 'DELETE', headers: bearer(access) }),
    success: 200,
  },
  logout: { ask: ({ logOut }, { access }) => logOut(access), success: 200 },
  'logout by refresh token': {
    ask: ({ post }, { refresh }) => post('/auth/logout', { refresh_token: refresh }),
    success: 200,
  },
  'logout of others': { ask: ({ logOut }, { access }) => logOut(access, 'others'), success: 200 },
  'logout of all': { ask: ({ logOut }, { access }) => logOut(access, 'all'), success: 200 },
  verify: { ask: ({ verify }, { access }) => verify(access), success: 204 },
  'introspect an access token': { ask: ({ introspect }, { access }) => introspect({ token: access }), success: 200 },
  'introspect a refresh token': { ask: ({ introspect }, { refresh }) => introspect({ token: refresh }), success: 200 },
  'revoke an access token': { ask: ({ revoke }, { access }) => revoke({ token: access }), success: 200 },
  'revoke a refresh token': { ask: ({ revoke }, { refresh }) => revoke({ token: refresh }), success: 200 },
  'public keys': { ask: ({ call }) => call('/.well-known/jwks.json'), success: 200 },
  metadata: { ask: ({ call }) => call('/.well-known/oauth-authorization-server'), success: 200 },
  ready: { ask: ({ call }) => call('/ready'), success: 200 },
  health: { ask: ({ call }) => call('/health'), success: 200 },
};

/** The rows of the matrix: the routes, and the RPC for other Workers. */
const rows = [...Object.keys(requests), 'RPC `verify`'];

const ending = [
  'delete a session',
  'logout',
  'logout by refresh token',
  'logout of others',
  'logout of all',
  'revoke an access token',
  'revoke a refresh token',
];
const reading = ['status, user', 'sessions', 'introspect an access token'];
const writing = ['register', 'login', 'refresh', ...ending];
const asking = [...writing, ...reading];
const withoutKeys = new Set(['logout by refresh token', 'revoke a refresh token', 'metadata', 'ready', 'health']);

const each = (names: string[], code: string) => Object.fromEntries(names.map((name) => [name, code]));

/** For each column of the matrix, the rows that are refused and the code. All other rows succeed. */
const matrix: Record<string, Record<string, string>> = {
  'database down': { ...each(asking, 'storage_unavailable'), ready: 'not_ready' },
  'database slow': { ...each(asking, 'storage_unavailable'), ready: 'not_ready' },
  'database full': each(writing, 'storage_unavailable'),
  'KV read down': { ...each(['verify', 'RPC `verify`'], 'storage_unavailable'), ready: 'not_ready' },
  'KV write down': each(ending, 'storage_unavailable'),
  'KV slow': { ...each(['verify', 'RPC `verify`', ...ending], 'storage_unavailable'), ready: 'not_ready' },
  'limiter down': {},
  'HIBP down, `fail-open`': {},
  'HIBP down, `fail-closed`': { register: 'breach_check_unavailable' },
  'unusable signing key': {
    ...each(
      rows.filter((row) => !withoutKeys.has(row)),
      'misconfigured',
    ),
    ready: 'not_ready',
  },
  'bad secret, missing binding': each(
    rows.filter((row) => row !== 'health'),
    'misconfigured',
  ),
};

const whole = startService();

/** Registers a user with two sessions, and starts a service that `failure` breaks until `mend` is called. */
async function startBroken(failure: Failure) {
  let isBroken = true;
  const bindings = failure.break(() => isBroken);
  const timing = { ...failure.timing };
  await whole.register();
  const { access, refresh } = tokensOf(await whole.logIn());
  const tokens = { access, refresh, other: String(await sqlValue(otherSession)) };
  const service = startClients({ env: bindings, timing });

  async function ask(row: string): Promise<ServiceResponse> {
    const isSlow = isBroken && failure.timing !== undefined;
    const request = requests[row];
    return request === undefined ? askRpc(bindingsOf(bindings), access, isSlow) : request.ask(service, tokens);
  }
  const mend = () => {
    isBroken = false;
    for (const deadline of keysOf(timing)) delete timing[deadline];
  };
  return { ask, mend };
}

const otherSession = 'SELECT id FROM sessions ORDER BY started_at, id LIMIT 1';

const keysOf = (timing: Partial<TestTiming>) =>
  (['limiterMs', 'denylistReadMs', 'denylistWriteMs', 'storageMs'] as const).filter((name) => name in timing);

const { setTimeout } = globalThis;

/** Asks by RPC, as a response over HTTP. It has the deadlines of a deployment: `isSlow` shortens them to a hundredth. */
async function askRpc(bindings: object, token: string, isSlow: boolean): Promise<ServiceResponse> {
  const timers = vi.spyOn(globalThis, 'setTimeout');
  if (isSlow) timers.mockImplementation((callback, ms) => setTimeout(callback, Number(ms) / 100));
  const context = { waitUntil: () => undefined, passThroughOnException: () => undefined, props: {}, exports };
  const verifier: Verifier = Reflect.construct(Verifier, [context, { ...env, ...bindings }]);
  const verdict = await verifier.verify(token);
  timers.mockRestore();
  if (verdict.active) return { status: 200, headers: new Headers(), body: {} };
  return { status: 503, headers: new Headers({ 'retry-after': '5' }), body: { code: verdict.code } };
}

beforeEach(() => void vi.spyOn(console, 'log').mockImplementation(() => undefined));
afterEach(() => vi.restoreAllMocks());

const ours = failures.filter(({ isOfDatabase = false }) => !isLibsql || isOfDatabase);
const isMisconfigured = ({ column }: Failure) => column === 'bad secret, missing binding';
const misconfigurations = ours.filter(isMisconfigured);
const outages = ours.filter((failure) => !isMisconfigured(failure));

/** The refusal of `row` in its own shape: the OAuth endpoints have RFC 6749's. */
const refusalOf = (row: string, code: string | undefined) =>
  /^(introspect|revoke)/.test(row) ? { error: 'temporarily_unavailable' } : { code };

const successOf = (row: string) => requests[row]?.success ?? 200;

/** The database has recorded a logout of these alone. The next attempt records the rest, and is told that it is too late. */
const isHalfRecorded = (row: string, { column }: Failure) =>
  ['logout', 'logout of all'].includes(row) && ['KV write down', 'KV slow'].includes(column);

const refusedBy = ({ column }: Failure) => matrix[column] ?? {};

it.each(outages.filter((failure) => Object.keys(refusedBy(failure)).length > 0))(
  'while $name, the service refuses with 503 what the matrix says, and succeeds once that is over',
  async (failure) => {
    const refused = refusedBy(failure);
    for (const row of rows.filter((each) => each in refused)) {
      await emptyTables();
      const { ask, mend } = await startBroken(failure);
      const response = await ask(row);
      expect(response, row).toMatchObject({ status: 503, body: refusalOf(row, refused[row]) });
      expect(response.headers.get('retry-after'), row).toBe('5');

      mend();
      const { status } = await ask(row);
      expect(status, row).toBe(isHalfRecorded(row, failure) ? 401 : successOf(row));
      if (!ending.includes(row)) continue;
      await expectEnded(row);
      await expectLoginsToSucceed();
    }
  },
);

it.each(outages)('while $name, everything else succeeds', async (failure) => {
  const refused = refusedBy(failure);
  const { ask } = await startBroken(failure);
  for (const row of rows.filter((each) => !(each in refused) && !ending.includes(each))) {
    expect((await ask(row)).status, row).toBe(successOf(row));
  }
  for (const row of ending.filter((each) => !(each in refused))) {
    await emptyTables();
    const { ask } = await startBroken(failure);
    expect((await ask(row)).status, row).toBe(successOf(row));
    await expectEnded(row);
  }
});

it.each(misconfigurations)('while $name, only health succeeds', async (failure) => {
  const { ask, mend } = await startBroken(failure);
  for (const row of rows) {
    const response = await ask(row);
    const isHealth = row === 'health';
    const expected = isHealth ? { status: 200 } : { status: 503, body: refusalOf(row, 'misconfigured') };
    expect(response, row).toMatchObject(expected);
    expect(response.headers.get('retry-after'), row).toBe(isHealth ? null : '5');
  }

  mend();
  for (const row of ['register', 'login', 'status, user', 'verify', 'ready', 'RPC `verify`', 'logout']) {
    expect((await ask(row)).status, row).toBe(successOf(row));
  }
});

/** The database has recorded what `row` ends as revoked, and the denylist lists it. */
async function expectEnded(row: string): Promise<void> {
  const isAll = row === 'logout of all';
  expect(await sqlValue('SELECT count(*) FROM sessions WHERE revoked_at IS NOT NULL'), row).toBe(isAll ? 2 : 1);
  const id = String(await sqlValue('SELECT id FROM sessions WHERE revoked_at IS NOT NULL'));
  const userId = String(await sqlValue('SELECT id FROM users'));
  expect(await env.DENYLIST.get(isAll ? `sub:${userId}` : `sid:${id}`), row).not.toBeNull();
}

/** A user who logs in after the failure can use the new session everywhere. */
async function expectLoginsToSucceed(): Promise<void> {
  const { register, logIn, status, verify } = startService();
  await register();
  const { access } = tokensOf(await logIn());
  expect(await status(access)).toMatchObject({ status: 200 });
  expect(await verify(access)).toMatchObject({ status: 204 });
}

describe('the documented failure matrix', () => {
  const columns = Object.keys(matrix);
  const lines = page.split('\n').map((line) => line.replaceAll(/ +/g, ' '));
  const cellOf = (row: string, column: string) => (row in (matrix[column] ?? {}) ? '503' : '✓');

  it('has a column for every failure', () => {
    expect(lines).toContain(`| | ${columns.join(' | ')} |`);
    expect([...new Set(failures.map(({ column }) => column))]).toEqual(columns);
  });

  it.each(rows)('says what %s answers', (row) => {
    expect(lines).toContain(`| ${row} | ${columns.map((column) => cellOf(row, column)).join(' | ')} |`);
  });
});
