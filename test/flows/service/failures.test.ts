import { env, exports } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Verifier } from '../../../src/index.ts';
import { type Timing, wire } from '../../../src/wire.ts';
import readme from '../../../README.md?raw';
import { startClients } from '../../support/clients.ts';
import { failures } from '../../support/failures.ts';
import { RANGE, startRanges } from '../../support/ranges.ts';
import {
  type ServiceResponse,
  bearer,
  bindingsOf,
  joe,
  silent,
  startClock,
  startService,
  tokensOf,
} from '../../support/service.ts';
import { emptyTables, sqlValue } from '../../support/database.ts';
import { watchDatabase, watchDenylist } from '../../support/storage.ts';

type Service = ReturnType<typeof startClients>;
type Tokens = { access: string; refresh: string; other: string };
type Ask = (service: Service, tokens: Tokens) => Promise<ServiceResponse>;

/** Every route, by what the README calls it: a request that is answered with a success when nothing is broken. */
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

/** The rows of the matrix: the routes, and what other Workers ask. */
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

/** What is refused, and with what. All else succeeds. */
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

/** A user with two sessions, and the service that is about to break, which `mend` makes whole again. */
async function startBreaking(failure: (typeof failures)[number], timing: Partial<Timing> = {}) {
  let isBroken = true;
  const bindings = failure.break(() => isBroken);
  await whole.register();
  const { access, refresh } = tokensOf(await whole.logIn());
  const tokens = { access, refresh, other: String(await sqlValue(otherSession)) };
  const service = startClients({ env: bindings, timing });

  async function ask(row: string): Promise<ServiceResponse> {
    const request = requests[row];
    return request === undefined ? askRpc(bindingsOf(bindings), access) : request.ask(service, tokens);
  }
  const mend = () => {
    isBroken = false;
    delete timing.storageMs;
    delete timing.denylistReadMs;
  };
  return { ask, mend };
}

const otherSession = 'SELECT id FROM sessions ORDER BY started_at, id LIMIT 1';

const { setTimeout } = globalThis;

/** What the RPC says, whose deadlines are those of a deployment, at twenty times the speed. */
async function askRpc(bindings: object, token: string): Promise<ServiceResponse> {
  vi.spyOn(globalThis, 'setTimeout').mockImplementation((callback, ms) => setTimeout(callback, Number(ms) / 20));
  const context = { waitUntil: () => undefined, passThroughOnException: () => undefined, props: {}, exports };
  const verifier: Verifier = Reflect.construct(Verifier, [context, { ...env, ...bindings }]);
  const verdict = await verifier.verify(token);
  if (verdict.active) return { status: 200, headers: new Headers(), body: {} };
  return { status: 503, headers: new Headers({ 'retry-after': '5' }), body: { code: verdict.code } };
}

beforeEach(() => void vi.spyOn(console, 'log').mockImplementation(() => undefined));
afterEach(() => vi.restoreAllMocks());

const isOurs = ({ column }: { column: string }) => env.TURSO_DATABASE_URL === '' || column.startsWith('database');

const isMisconfigured = ({ column }: { column: string }) => column === 'bad secret, missing binding';

describe.each(failures.filter((failure) => isOurs(failure) && !isMisconfigured(failure)))('when $name', (failure) => {
  const refusedRows = matrix[failure.column] ?? {};

  it.each(rows.filter((row) => row in refusedRows))(
    '%s is a 503, and a success as soon as that is over',
    async (row) => {
      const { ask, mend } = await startBreaking(
        failure,
        failure.column.endsWith('slow') ? { storageMs: 30, denylistReadMs: 30 } : {},
      );
      const response = await ask(row);
      const isOAuth = /^(introspect|revoke)/.test(row);
      const body = isOAuth ? { error: 'temporarily_unavailable' } : { code: refusedRows[row] };
      expect(response).toMatchObject({ status: 503, body });
      expect(response.headers.get('retry-after')).toBe('5');
      mend();
      // A logout that had been recorded in the database alone is completed by the next one, which is told so.
      const isCompleted =
        ['logout', 'logout of all'].includes(row) && ['KV write down', 'KV slow'].includes(failure.column);
      expect((await ask(row)).status).toBe(isCompleted ? 401 : (requests[row]?.success ?? 200));
      if (!ending.includes(row)) return;
      await expectEnded(row);
      await expectLoginsToBeGood();
    },
  );

  it('all else does what it should', async () => {
    const timing = { limiterMs: 30, denylistReadMs: 30 };
    const { ask } = await startBreaking(failure, timing);
    for (const row of rows.filter((each) => !(each in refusedRows) && !ending.includes(each))) {
      expect([row, (await ask(row)).status]).toEqual([row, requests[row]?.success ?? 200]);
    }
    for (const row of ending.filter((each) => !(each in refusedRows))) {
      await emptyTables();
      const anew = await startBreaking(failure, timing);
      expect([row, (await anew.ask(row)).status]).toEqual([row, requests[row]?.success]);
      await expectEnded(row);
    }
  });
});

it.each(failures.filter(isMisconfigured))('nothing but health is answered when $name', async (failure) => {
  const { ask, mend } = await startBreaking(failure);
  for (const row of rows) {
    const response = await ask(row);
    const body = /^(introspect|revoke)/.test(row) ? { error: 'temporarily_unavailable' } : { code: 'misconfigured' };
    expect(response).toMatchObject(row === 'health' ? { status: 200 } : { status: 503, body });
    expect(response.headers.get('retry-after')).toBe(row === 'health' ? null : '5');
  }
  mend();
  for (const row of ['register', 'login', 'status, user', 'verify', 'ready', 'RPC `verify`', 'logout']) {
    expect((await ask(row)).status).toBe(requests[row]?.success ?? 200);
  }
});

/** What was said to be over is so in the database, and listed where it is not asked. */
async function expectEnded(row: string): Promise<void> {
  const ended = row === 'logout of all' ? 2 : 1;
  expect(await sqlValue('SELECT count(*) FROM sessions WHERE revoked_at IS NOT NULL')).toBe(ended);
  const id = String(await sqlValue('SELECT id FROM sessions WHERE revoked_at IS NOT NULL'));
  const userId = String(await sqlValue('SELECT id FROM users'));
  const key = row === 'logout of all' ? `sub:${userId}` : `sid:${id}`;
  expect(await env.DENYLIST.get(key)).not.toBeNull();
}

/** Whatever has failed, whoever logs in afterwards is let in everywhere. */
async function expectLoginsToBeGood(): Promise<void> {
  const { register, logIn, status, verify } = startService();
  await register();
  const { access } = tokensOf(await logIn());
  expect(await status(access)).toMatchObject({ status: 200 });
  expect(await verify(access)).toMatchObject({ status: 204 });
}

describe('the matrix in the README', () => {
  const columns = Object.keys(matrix);
  const lines = readme.split('\n').map((line) => line.replaceAll(/ +/g, ' '));
  const cellOf = (row: string, column: string) => (row in (matrix[column] ?? {}) ? '503' : '✓');

  it('has a column for every failure', () => {
    expect(lines).toContain(`| | ${columns.join(' | ')} |`);
    expect([...new Set(failures.map(({ column }) => column))]).toEqual(columns);
  });

  it.each(rows)('says what %s answers', (row) => {
    expect(lines).toContain(`| ${row} | ${columns.map((column) => cellOf(row, column)).join(' | ')} |`);
  });
});

it('a refresh whose answer was lost on the way is answered when it is repeated as told', async () => {
  const clock = startClock();
  const deps = { now: clock.now };
  const { refresh } = tokensOf(await startService({ deps }).register());
  clock.pass(60);
  const lossy = startService({ deps, env: watchDatabase(loseAnswer), timing: { storageMs: 30 } });
  const lost = await lossy.refresh(refresh);
  expect(lost).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });
  clock.pass(10 + Number(lost.headers.get('retry-after')));
  const { register, ...service } = startService({ deps, env: { REFRESH_GRACE_SECONDS: undefined } });
  expect(await service.refresh(refresh)).toMatchObject({ status: 200 });
  expect(await register()).toMatchObject({ status: 202 });
});

it('a write to KV that is not answered is not made again', async () => {
  const { access } = tokensOf(await startService().register());
  const puts: string[] = [];
  const DENYLIST = watchDenylist(async ({ operation, keys }) => {
    if (operation !== 'put') return;
    puts.push(...keys);
    await new Promise(() => undefined);
  });
  const response = await startService({ env: { DENYLIST }, timing: { storageMs: 300 } }).logOut(access);
  expect(response).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });
  expect(puts).toHaveLength(1);
});

it('leaves no timer behind when an answer has come', async () => {
  const set = vi.spyOn(globalThis, 'setTimeout');
  const clear = vi.spyOn(globalThis, 'clearTimeout');
  await wire(env, silent).denylist.isDenylisted({ id: '', userId: '', userVersion: 0 });
  const timers = set.mock.results.map(({ value }): unknown => value);
  expect(timers).toHaveLength(1);
  expect(clear.mock.calls).toEqual([timers]);
});

it('waits as long as the README says, as deployed', async () => {
  const { sessions, denylist, limiter, breachedPasswords } = wire({ ...env, RATE_LIMITS: 'on' }, silent);
  const timers = vi.spyOn(globalThis, 'setTimeout');
  startRanges(() => new Response(RANGE));
  await sessions.findWithUser('');
  await denylist.isDenylisted({ id: '', userId: '', userVersion: 0 });
  await limiter.take('other', 'somebody');
  await breachedPasswords.findSuffixes('00000');
  expect(timers.mock.calls.map(([, ms]) => ms)).toEqual([10_000, 3000, 1000, 10_000]);
});

it('writes a key to KV again after more than a second, as deployed: KV takes one write of a key in a second', async () => {
  const attempts: number[] = [];
  const DENYLIST = watchDenylist(() => {
    if (attempts.push(Date.now()) === 1) throw new Error('KV PUT failed: 429 Too Many Requests');
  });
  const { denylist } = wire({ ...env, DENYLIST }, silent);
  await denylist.addSession('a session', 900);
  const [first = 0, second = 0, ...others] = attempts;
  expect(second - first).toBeGreaterThan(1000);
  expect(others).toEqual([]);
});

/** For \`watchDatabase\`: the database does what it was asked to, and nobody hears of it. */
function loseAnswer() {
  return () => {
    throw new Error('lost');
  };
}
