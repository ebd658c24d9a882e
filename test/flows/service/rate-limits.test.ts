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

/** The service with rate limiters that remember what was taken, and have something left as long as `isLeft` says so. */
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

const routes = createApp(wire).openAPIRegistry.definitions.flatMap((definition) =>
  definition.type === 'route'
    ? [
        {
          method: definition.route.method.toUpperCase(),
          path: definition.route.path,
          statuses: Object.keys(definition.route.responses),
        },
      ]
    : [],
);

const budgets: Record<string, string[]> = {
  'GET /health': [],
  'POST /auth/register': ['LIMIT_CREDENTIALS'],
  'POST /auth/login': ['LIMIT_CREDENTIALS'],
  'POST /auth/refresh': ['LIMIT_REFRESH'],
};

describe.each(routes)('$method $path', ({ method, path }) => {
  const budget = budgets[`${method} ${path}`] ?? ['LIMIT_OTHER'];
  const post = { method, headers: from('203.0.113.7') };

  it(`takes from ${budget.join() || 'nothing'}, by the network that the request comes from`, async () => {
    const { call, taken } = startLimited();
    await call(path, post);
    expect(taken).toEqual(budget.map((each) => ({ budget: each, key: '203.0.113.7/32' })));
  });

  it('asks nobody and does nothing when nothing is left', async () => {
    const asked: unknown[] = [];
    const { call } = startLimited(() => false, {
      ...watchDatabase((statements) => void asked.push(statements)),
      DENYLIST: watchDenylist((operation) => void asked.push(operation)),
    });
    const response = await call(path, post);
    expect(asked).toEqual([]);
    const isUnlimited = budget.length === 0;
    expect(response.status).toBe(isUnlimited ? 200 : 429);
    expect(response.headers.get('retry-after')).toBe(isUnlimited ? null : '60');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const refusal = path.startsWith('/oauth/') ? { error: 'temporarily_unavailable' } : limited.body;
    expect(response.body).toMatchObject(isUnlimited ? { status: 'success' } : refusal);
  });
});

it('takes a login from the account too, before anything is counted or hashed', async () => {
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

it('spares a network that the account is known at, so that strangers do not keep the owner out there', async () => {
  const home = from('203.0.113.7');
  await startService().post('/auth/register', joe, home);
  const { post } = startLimited(({ budget }) => budget !== 'LIMIT_ACCOUNT');
  expect(await post('/auth/login', joe, from('198.51.100.9'))).toMatchObject(limited);
  expect(await post('/auth/login', joe, home)).toMatchObject({ status: 200 });
  await sql('UPDATE known_networks SET known_until = 1');
  expect(await post('/auth/login', joe, home)).toMatchObject(limited);
});

it('does not count a login for a guess that was refused for the budget', async () => {
  let isFlooded = true;
  await startService().register();
  const { post } = startLimited(({ budget }) => !isFlooded || budget !== 'LIMIT_ACCOUNT');
  for (let times = 0; times < 15; times += 1) {
    expect(await post('/auth/login', joe, from('198.51.100.9'))).toMatchObject(limited);
  }
  isFlooded = false;
  expect(await post('/auth/login', joe, from('198.51.100.9'))).toMatchObject({ status: 200 });
});

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
])('takes the address %s for the network %s', async (address, key) => {
  const { call, taken } = startLimited();
  await call('/auth/status', { headers: from(address) });
  expect(taken).toEqual([{ budget: 'LIMIT_OTHER', key }]);
});

it.each(['X-Forwarded-For', 'X-Real-IP', 'True-Client-IP', 'Forwarded', 'CF-Connecting-IPv6'])(
  'does not believe what %s says',
  async (name) => {
    const { call, taken } = startLimited();
    await call('/auth/status', { headers: { [name]: '198.51.100.9' } });
    expect(taken).toEqual([{ budget: 'LIMIT_OTHER', key: 'unknown' }]);
  },
);

it('lets pages of other origins read that there were too many requests', async () => {
  const { call } = startLimited(() => false, { CORS_ORIGINS: 'https://app.example.org' });
  const response = await call('/auth/status', { headers: { origin: 'https://app.example.org' } });
  expect(response).toMatchObject(limited);
  expect(response.headers.get('access-control-allow-origin')).toBe('https://app.example.org');
});

it('stops nobody when the limits are off, and asks no limiter', async () => {
  const { register, logIn, taken } = startLimited(() => false, { RATE_LIMITS: 'off' });
  expect(await register()).toMatchObject({ status: 201 });
  expect(await logIn()).toMatchObject({ status: 200 });
  expect(taken).toEqual([]);
});

it('needs no limiter when the limits are off', async () => {
  const unbound = Object.fromEntries(names.map((name) => [name, undefined]));
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  expect(await startService({ env: { ...unbound, RATE_LIMITS: 'off' } }).register()).toMatchObject({ status: 201 });
  expect(String(log.mock.calls)).not.toContain('out of reach');
  vi.restoreAllMocks();
});

it('lets nobody through for a bug of our own', async () => {
  const limiter = { take: async () => bug() };
  const { register } = startService({ env: { RATE_LIMITS: 'on' }, deps: { limiter } });
  expect(await register()).toMatchObject({ status: 500, body: { code: 'registration_failed' } });
});

it.each(routes)(
  'is declared by $method $path, and so are all other statuses by numbers',
  ({ method, path, statuses }) => {
    for (const status of statuses) expect(status).toMatch(/^[2-5]\d\d$/);
    expect(statuses.includes('429')).toBe(budgets[`${method} ${path}`]?.length !== 0);
  },
);

describe('the limiters of wrangler.toml', () => {
  const limits = Object.fromEntries(
    Array.from(
      toml.matchAll(
        /\[\[ratelimits\]\]\nname = "(\w+)"\nnamespace_id = "\d+"\nsimple = \{ limit = (\d+), period = 60 \}/g,
      ),
      ([, name = '', limit]) => [name, Number(limit)],
    ),
  );

  it('are those that there is a budget for', () => {
    expect(Object.keys(limits).toSorted()).toEqual(names.toSorted());
    expect(toml.match(/namespace_id = "\d+"/g)).toHaveLength(new Set(toml.match(/namespace_id = "\d+"/g)).size);
  });

  it('stop a flood of registrations from one address, and nobody else', async () => {
    const { post } = startService({ env: { RATE_LIMITS: 'on' } });
    const limit = limits['LIMIT_CREDENTIALS'] ?? 0;
    // A minute may end meanwhile, and with it what was counted.
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
    // Once more when a minute has ended meanwhile.
    for (let round = 0; round < 2 && (await env.LIMIT_ACCOUNT.limit({ key })).success; round += 1) {
      await Promise.all(Array.from({ length: limit }, () => env.LIMIT_ACCOUNT.limit({ key })));
    }
    expect(await post('/auth/login', { ...joe, email }, from('192.0.3.2'))).toMatchObject(limited);
    expect(await post('/auth/login', joe, from('192.0.3.200'))).toMatchObject({ status: 404 });
  });
});

it('refreshes and looks around under the limits of a deployment', async () => {
  const { post, register, call } = startService({ env: { RATE_LIMITS: 'on' } });
  const { access, refresh } = tokensOf(await register());
  const headers = { ...from('192.0.4.1'), authorization: `Bearer ${access}` };
  expect(await call('/auth/status', { headers })).toMatchObject({ status: 200 });
  expect(await post('/auth/refresh', { refresh_token: refresh }, from('192.0.4.1'))).toMatchObject({ status: 200 });
  expect(Object.keys(env)).toEqual(expect.arrayContaining(names));
});
