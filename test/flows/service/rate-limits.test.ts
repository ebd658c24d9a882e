import { env } from 'cloudflare:workers';
import { describe, expect, it, vi } from 'vitest';
import { deriveAttemptKeys } from '../../../src/crypto/attempt-keys.ts';
import { createApp } from '../../../src/http/app.ts';
import { wire } from '../../../src/wire.ts';
import { sql } from '../../support/database.ts';
import { countRows, joe, startService, tokensOf } from '../../support/service.ts';
import { bug, watchDatabase, watchDenylist } from '../../support/storage.ts';
import toml from '../../../wrangler.toml?raw';

type Taken = { budget: string; key: string };

const names = ['LIMIT_CREDENTIALS', 'LIMIT_ACCOUNT', 'LIMIT_REFRESH', 'LIMIT_OTHER'];

/** Starts the service with rate limiters that record what is taken. A budget is used up when `isLeft` says no. */
function startLimited(isLeft: (taken: Taken) => boolean = () => true, bindings: object = {}) {
  const taken: Taken[] = [];
  const limiter = (budget: string) => ({
    limit({ key }: { key: string }) {
      taken.push({ budget, key });
      return Promise.resolve({ success: isLeft({ budget, key }) });
    },
  });
  const limiters = Object.fromEntries(names.map((name) => [name, limiter(name)]));
  const service = startService({ env: { RATE_LIMITS: 'on', ...limiters, ...bindings } });
  return { ...service, taken };
}

const limited = { status: 429, body: { status: 'fail', code: 'too_many_requests', request_id: expect.any(String) } };
const from = (address: string) => ({ 'cf-connecting-ip': address });

const routes = createApp(wire).openAPIRegistry.definitions.flatMap((definition) => {
  if (definition.type !== 'route') return [];
  const { method, path, responses } = definition.route;
  const name = `${method.toUpperCase()} ${path}`;
  return { name, method: method.toUpperCase(), path, statuses: Object.keys(responses) };
});

/** The budgets that are not `LIMIT_OTHER`. */
const budgets: Record<string, string[]> = {
  'GET /health': [],
  'POST /auth/register': ['LIMIT_CREDENTIALS'],
  'POST /auth/register/confirm': ['LIMIT_CREDENTIALS'],
  'POST /auth/login': ['LIMIT_CREDENTIALS'],
  'POST /auth/password': ['LIMIT_CREDENTIALS'],
  'DELETE /auth/user': ['LIMIT_CREDENTIALS'],
  'POST /auth/email/verification': ['LIMIT_CREDENTIALS'],
  'POST /auth/email/verify': ['LIMIT_CREDENTIALS'],
  'POST /auth/password/reset': ['LIMIT_CREDENTIALS'],
  'POST /auth/password/reset/confirm': ['LIMIT_CREDENTIALS'],
  'POST /auth/email': ['LIMIT_CREDENTIALS'],
  'POST /auth/email/confirm': ['LIMIT_CREDENTIALS'],
  'POST /auth/email/undo': ['LIMIT_CREDENTIALS'],
  'POST /auth/refresh': ['LIMIT_REFRESH'],
  'POST /oauth/token': ['LIMIT_REFRESH'],
  'POST /auth/keys': ['LIMIT_CREDENTIALS'],
  'POST /auth/login/factor': ['LIMIT_CREDENTIALS'],
  'POST /auth/login/passkey/options': ['LIMIT_CREDENTIALS'],
  'POST /auth/login/passkey': ['LIMIT_CREDENTIALS'],
  'POST /auth/reauthenticate': ['LIMIT_CREDENTIALS'],
  'POST /auth/factors/recovery-codes': ['LIMIT_CREDENTIALS'],
  'POST /auth/factors/totp': ['LIMIT_CREDENTIALS'],
  'POST /auth/factors/totp/confirm': ['LIMIT_CREDENTIALS'],
  'DELETE /auth/factors/totp': ['LIMIT_CREDENTIALS'],
  'POST /auth/factors/passkeys/options': ['LIMIT_CREDENTIALS'],
  'POST /auth/factors/passkeys': ['LIMIT_CREDENTIALS'],
  'DELETE /auth/factors/passkeys/{id}': ['LIMIT_CREDENTIALS'],
};
const budgetOf = (name: string) => budgets[name] ?? ['LIMIT_OTHER'];

describe('every route', () => {
  const home = from('203.0.113.7');

  it('takes from one budget by the network of the caller, except GET /health', async () => {
    for (const { name, method, path } of routes) {
      const { call, taken } = startLimited();
      await call(path, { method, headers: home });
      expect(taken, name).toEqual(budgetOf(name).map((budget) => ({ budget, key: '203.0.113.7/32' })));
    }
  });

  it('responds with 429 before it asks any storage when its budget is used up', async () => {
    for (const { name, method, path } of routes.filter(({ name }) => budgetOf(name).length > 0)) {
      const asked: unknown[] = [];
      const { call } = startLimited(() => false, {
        ...watchDatabase((statements) => void asked.push(statements)),
        DENYLIST: watchDenylist((operation) => void asked.push(operation)),
      });
      const response = await call(path, { method, headers: home });
      const refusal = path.startsWith('/oauth/') ? { error: 'temporarily_unavailable' } : limited.body;
      expect(response, name).toMatchObject({ status: 429, body: refusal });
      expect(response.headers.get('retry-after'), name).toBe('60');
      expect(response.headers.get('cache-control'), name).toBe('no-store');
      expect(asked, name).toEqual([]);
    }
  });

  it('declares 429 if it has a budget, and each status as a number', () => {
    for (const { name, statuses } of routes) {
      for (const status of statuses) expect(status, name).toMatch(/^[2-5]\d\d$/);
      expect(statuses.includes('429'), name).toBe(budgetOf(name).length > 0);
    }
  });
});

describe('GET /health', () => {
  it('responds without a limit and asks no storage', async () => {
    const asked: unknown[] = [];
    const { call } = startLimited(() => false, {
      ...watchDatabase((statements) => void asked.push(statements)),
      DENYLIST: watchDenylist((operation) => void asked.push(operation)),
    });
    const response = await call('/health', { headers: from('203.0.113.7') });
    expect(response).toMatchObject({ status: 200, body: { status: 'success' } });
    expect(response.headers.get('retry-after')).toBeNull();
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(asked).toEqual([]);
  });
});

describe('the budget of an account', () => {
  it('is taken from at every login, before an attempt is counted or a password hashed', async () => {
    const asked: string[][] = [];
    const database = watchDatabase((statements) => void asked.push(statements));
    const { logIn, taken } = startLimited(({ budget }) => budget !== 'LIMIT_ACCOUNT', database);
    expect(await logIn()).toMatchObject(limited);
    expect(await logIn({ ...joe, email: ' JOE@gmail.com ' })).toMatchObject(limited);
    expect(await logIn({ ...joe, email: 'jane@gmail.com' })).toMatchObject(limited);
    const onlyLook = [expect.stringMatching(/^select "key" from "known_networks"/)];
    expect(asked).toEqual([onlyLook, onlyLook, onlyLook]);
    const [first, second, third] = taken.filter(({ budget }) => budget === 'LIMIT_ACCOUNT').map(({ key }) => key);
    expect(first).toMatch(/^[\w-]{43}$/);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it('does not limit known networks of the account, so that strangers cannot lock the owner out there', async () => {
    const home = from('203.0.113.7');
    await startService().post('/auth/register', joe, home);
    const { post } = startLimited(({ budget }) => budget !== 'LIMIT_ACCOUNT');
    expect(await post('/auth/login', joe, from('198.51.100.9'))).toMatchObject(limited);
    expect(await post('/auth/login', joe, home)).toMatchObject({ status: 200 });
    await sql('UPDATE known_networks SET known_until = 1');
    expect(await post('/auth/login', joe, home)).toMatchObject(limited);
  });

  it('is used up without counting the refused login as a guess', async () => {
    let isFlooded = true;
    await startService().register();
    const { post } = startLimited(({ budget }) => !isFlooded || budget !== 'LIMIT_ACCOUNT');
    for (let times = 0; times < 15; times += 1) {
      expect(await post('/auth/login', joe, from('198.51.100.9'))).toMatchObject(limited);
    }
    isFlooded = false;
    expect(await post('/auth/login', joe, from('198.51.100.9'))).toMatchObject({ status: 200 });
  });
});

describe('the network of a caller', () => {
  it.each([
    ['198.51.100.9', '198.51.100.9/32'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002:0000:0000:0000:0001', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::ffff:198.51.100.9', '198.51.100.9/32'],
    ['::ffff:c633:6409', '198.51.100.9/32'],
    ['2001:db8:1:2::%eth0', 'unknown'],
    ['198.51.100.9, 203.0.113.7', 'unknown'],
    ['hunter2', 'unknown'],
    ['', 'unknown'],
  ])('is, for the address %s, %s', async (address, key) => {
    const { call, taken } = startLimited();
    await call('/auth/status', { headers: from(address) });
    expect(taken).toEqual([{ budget: 'LIMIT_OTHER', key }]);
  });

  it.each(['X-Forwarded-For', 'X-Real-IP', 'True-Client-IP', 'Forwarded', 'CF-Connecting-IPv6'])(
    'is not taken from the header %s',
    async (name) => {
      const { call, taken } = startLimited();
      await call('/auth/status', { headers: { [name]: '198.51.100.9' } });
      expect(taken).toEqual([{ budget: 'LIMIT_OTHER', key: 'unknown' }]);
    },
  );
});

describe('the rate limits', () => {
  it('let pages of configured origins read the 429', async () => {
    const { call } = startLimited(() => false, { CORS_ORIGINS: 'https://app.example.org' });
    const response = await call('/auth/status', { headers: { origin: 'https://app.example.org' } });
    expect(response).toMatchObject(limited);
    expect(response.headers.get('access-control-allow-origin')).toBe('https://app.example.org');
  });

  it('limit nobody and ask no limiter when RATE_LIMITS is off', async () => {
    const { register, logIn, taken } = startLimited(() => false, { RATE_LIMITS: 'off' });
    expect(await register()).toMatchObject({ status: 201 });
    expect(await logIn()).toMatchObject({ status: 200 });
    expect(taken).toEqual([]);
  });

  it('need no bindings when RATE_LIMITS is off', async () => {
    const unbound = Object.fromEntries(names.map((name) => [name, undefined]));
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    expect(await startService({ env: { ...unbound, RATE_LIMITS: 'off' } }).register()).toMatchObject({ status: 201 });
    expect(String(log.mock.calls)).not.toContain('out of reach');
    vi.restoreAllMocks();
  });

  it('refuse a request when the limiter has a bug', async () => {
    const limiter = { take: async () => bug() };
    const { register } = startService({ env: { RATE_LIMITS: 'on' }, deps: { limiter } });
    expect(await register()).toMatchObject({ status: 500, body: { code: 'registration_failed' } });
  });
});

describe('the limiters of wrangler.toml', () => {
  const limits = Object.fromEntries(
    Array.from(
      toml.matchAll(
        /\[\[ratelimits\]\]\nname = "(\w+)"\nnamespace_id = "\d+"\nsimple = \{ limit = (\d+), period = 60 \}/g,
      ),
      ([, name = '', limit]) => [name, Number(limit)],
    ),
  );

  it('are those that the service has budgets for, each with its own namespace', () => {
    expect(Object.keys(limits).toSorted()).toEqual(names.toSorted());
    expect(toml.match(/namespace_id = "\d+"/g)).toHaveLength(new Set(toml.match(/namespace_id = "\d+"/g)).size);
  });

  it('stop a flood of registrations from one address, and no other address', async () => {
    const { post } = startService({ env: { RATE_LIMITS: 'on' } });
    const limit = limits['LIMIT_CREDENTIALS'] ?? 0;
    // The minute that the limiter counts in may end meanwhile: then the count starts over.
    let response = await post('/auth/register', '{', from('192.0.2.1'));
    for (let i = 1; i <= 2 * limit && response.status === 400; i += 1) {
      response = await post('/auth/register', '{', from('192.0.2.1'));
      expect(i).toBeGreaterThanOrEqual(response.status === 429 ? limit : 1);
    }
    expect(response).toMatchObject(limited);
    expect(await post('/auth/register', '{', from('192.0.2.2'))).toMatchObject({ status: 400 });
    expect(await countRows()).toEqual({ users: 0, sessions: 0 });
  });

  it('stop a flood of logins to one account from many addresses', async () => {
    const { post } = startService({ env: { RATE_LIMITS: 'on' } });
    const limit = limits['LIMIT_ACCOUNT'] ?? 0;
    const email = `${crypto.randomUUID()}@gmail.com`;
    const { account: key } = await deriveAttemptKeys(email, '', env.SECRET_KEY);
    expect(await post('/auth/login', { ...joe, email }, from('192.0.3.1'))).toMatchObject({ status: 404 });
    // The minute that the limiter counts in may end meanwhile: then its budget is used up once more.
    let response = await post('/auth/login', { ...joe, email }, from('192.0.3.2'));
    for (let round = 0; round < 3 && response.status !== 429; round += 1) {
      await Promise.all(Array.from({ length: limit }, () => env.LIMIT_ACCOUNT.limit({ key })));
      response = await post('/auth/login', { ...joe, email }, from('192.0.3.2'));
    }
    expect(response).toMatchObject(limited);
    expect(await post('/auth/login', joe, from('192.0.3.200'))).toMatchObject({ status: 404 });
  });
});

describe('a deployment', () => {
  it('lets a user register, read the status and refresh under its limits', async () => {
    const { post, register, call } = startService({ env: { RATE_LIMITS: 'on' } });
    const { access, refresh } = tokensOf(await register());
    const headers = { ...from('192.0.4.1'), authorization: `Bearer ${access}` };
    expect(await call('/auth/status', { headers })).toMatchObject({ status: 200 });
    expect(await post('/auth/refresh', { refresh_token: refresh }, from('192.0.4.1'))).toMatchObject({ status: 200 });
    expect(Object.keys(env)).toEqual(expect.arrayContaining(names));
  });
});
