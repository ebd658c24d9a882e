import { env } from 'cloudflare:workers';
import { describe, expect, it, vi } from 'vitest';
import { sql } from '../../support/database.ts';
import { countRows, joe, startService } from '../../support/service.ts';
import known from '../../crypto/legacy/known-answers.json' with { type: 'json' };
import { type KvOperation, watchDatabase, watchDenylist } from '../../support/storage.ts';

/** With a pepper, as in production. */
const peppered = { PASSWORD_PEPPER: `p1:${env.SECRET_KEY}` };

const { register, logIn } = startService({ env: peppered });
const wrong = { ...joe, password: 'wrong password' };

/** A hash of another system that takes next to no work, and its password. */
const legacy = known.find(({ hash }) => hash.startsWith('$2b$04$')) ?? { password: '', hash: '' };
const legacyRight = { ...joe, password: legacy.password };
const withLegacyHash = () => sql('UPDATE users SET password_hash = ?', legacy.hash);

async function disableWithLegacyHash(): Promise<void> {
  await withLegacyHash();
  await sql('UPDATE users SET disabled_at = 1');
}

async function makeWaitWithLegacyHash(): Promise<void> {
  await withLegacyHash();
  await makeWait();
}

/** Every login that the service refuses after it has asked the database. */
const refused: [string, () => Promise<unknown>, object][] = [
  ['an unknown address', async () => undefined, { ...joe, email: 'jane@gmail.com' }],
  ['a wrong password', async () => undefined, wrong],
  ['a disabled account', () => sql('UPDATE users SET disabled_at = 1'), joe],
  ['a wrong password for a disabled account', () => sql('UPDATE users SET disabled_at = 1'), wrong],
  ['an account that has to wait', makeWait, joe],
  ['a wrong password for an account that has to wait', makeWait, wrong],
  ['an unknown address that has to wait', () => makeWait('jane@gmail.com'), { ...joe, email: 'jane@gmail.com' }],
  ['a wrong password for a hash of another system', withLegacyHash, wrong],
  ['a disabled account with a hash of another system', disableWithLegacyHash, legacyRight],
  ['an account with a hash of another system that has to wait', makeWaitWithLegacyHash, legacyRight],
];

async function makeWait(email = joe.email): Promise<void> {
  for (let guess = 0; guess < 10; guess += 1) await logIn({ email, password: 'a guess' });
}

/** Logs in and returns the response, and all of the work that an observer could measure. */
async function observe(credentials: object) {
  const trips: number[] = [];
  const operations: KvOperation[] = [];
  const limited: string[] = [];
  const limiter = (name: string) => ({ limit: () => Promise.resolve({ success: limited.push(name) > 0 }) });
  const service = startService({
    env: {
      ...peppered,
      PBKDF2_ITERATIONS: '150000',
      ...watchDatabase(({ length }) => void trips.push(length)),
      DENYLIST: watchDenylist((operation) => void operations.push(operation)),
      RATE_LIMITS: 'on',
      LIMIT_CREDENTIALS: limiter('credentials'),
      LIMIT_ACCOUNT: limiter('account'),
    },
    // The event of a known account follows the response.
    deps: { afterResponse: () => undefined },
  });
  const deriveBits = vi.spyOn(crypto.subtle, 'deriveBits');
  const sign = vi.spyOn(crypto.subtle, 'sign');
  const { status, headers, body } = await service.logIn(credentials);
  const iterations = deriveBits.mock.calls.flatMap(([algorithm]) =>
    typeof algorithm === 'object' && algorithm.name === 'PBKDF2' ? [algorithm.iterations] : [],
  );
  const response = { status, headers: [...headers].filter(([name]) => name !== 'x-request-id'), body };
  const work = { iterations, macs: sign.mock.calls.length, trips, operations, limited };
  vi.restoreAllMocks();
  return { response, work };
}

describe.each(refused)('a failed login for %s', (_, prepare, credentials) => {
  it('gets the same response as any other', async () => {
    await register();
    await prepare();
    const { response } = await observe(credentials);
    expect(response.body).toEqual({
      status: 'fail',
      code: 'invalid_credentials',
      message: 'User does not exist.',
      request_id: expect.any(String),
    });
    expect(Object.keys(response.body)).toEqual(['status', 'code', 'message', 'request_id']);
    expect(response.status).toBe(404);
    expect(response.headers).toEqual([
      ['cache-control', 'no-store'],
      ['content-security-policy', "default-src 'none'; frame-ancestors 'none'"],
      ['content-type', 'application/json'],
      ['referrer-policy', 'no-referrer'],
      ['strict-transport-security', 'max-age=31536000'],
      ['x-content-type-options', 'nosniff'],
    ]);
    expect(await countRows()).toEqual({ users: 1, sessions: 1 });
  });

  it('does the same work as any other: KDF calls, MACs and storage', async () => {
    await startService({ env: { ...peppered, PBKDF2_ITERATIONS: '150000' } }).register();
    await prepare();
    const { work } = await observe(credentials);
    expect(work).toEqual({
      iterations: [100_000, 50_000],
      macs: 4,
      trips: [2],
      operations: [],
      limited: ['credentials', 'account'],
    });
  });
});

describe('an account that has to wait', () => {
  it('is named only in the log', async () => {
    await register();
    await makeWait();
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    await logIn();
    const [line] = log.mock.calls.map(([text]): unknown => JSON.parse(String(text)));
    vi.restoreAllMocks();
    const [user] = await sql('SELECT id FROM users');
    expect(line).toMatchObject({
      level: 'warn',
      code: 'invalid_credentials',
      reason: 'too many attempts: has to wait',
      security_events: [{ event: 'login_delayed', user_id: user?.['id'] }],
    });
  });
});

describe('POST /auth/register', () => {
  it('reveals that an e-mail address has an account', async () => {
    await register();
    expect(await register()).toMatchObject({ status: 202, body: { code: 'email_taken' } });
  });
});
