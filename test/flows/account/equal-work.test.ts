import { describe, expect, it, vi } from 'vitest';
import { startAccounts } from '../../support/accounts.ts';
import { sql, sqlValue } from '../../support/database.ts';
import { joe, startService } from '../../support/service.ts';
import { type KvOperation, watchDatabase, watchDenylist } from '../../support/storage.ts';

/** The flows that anybody may ask a mail of. */
const flows: [name: string, env: object, path: string, mailed: string][] = [
  ['a reset of the password', {}, '/auth/password/reset', 'reset_password'],
  ['registration in confirm mode', { REGISTRATION: 'confirm' }, '/auth/register', 'register'],
];

/** What an address may be, and how it becomes that. */
const addresses: [name: string, prepare: (path: string, env: object) => Promise<unknown>][] = [
  ['unknown', async () => undefined],
  ['known, and not verified', () => startService().register()],
  [
    'known and verified',
    async () => {
      await startService().register();
      await sql('UPDATE users SET email_verified_at = 1');
    },
  ],
  [
    'known and disabled',
    async () => {
      await startService().register();
      await sql('UPDATE users SET disabled_at = 1');
    },
  ],
  [
    'known, and over its cap',
    async (path, env) => {
      await startService().register();
      const { post } = startAccounts({ env });
      for (let mails = 0; mails < 3; mails += 1) await post(path, { email: joe.email });
    },
  ],
  [
    'unknown, and over its cap',
    async (path, env) => {
      const { post } = startAccounts({ env });
      for (let mails = 0; mails < 3; mails += 1) await post(path, { email: joe.email });
    },
  ],
  [
    'known, with a code that lives',
    async (path, env) => {
      await startService().register();
      await startAccounts({ env }).post(path, { email: joe.email });
    },
  ],
  [
    'known and marked as not deliverable',
    async () => {
      await startService().register();
      await sql('UPDATE users SET undeliverable_at = 1');
    },
  ],
  [
    'the former one of an account, which an undo may give back',
    async () => {
      const { registerVerified, changeEmail } = startAccounts();
      await changeEmail((await registerVerified()).access);
    },
  ],
];

/** Asks for a mail, and returns the response, the work until it, and the work after it. */
async function observe(env: object, path: string) {
  const trips: string[][] = [];
  const operations: KvOperation[] = [];
  const late: (() => Promise<void>)[] = [];
  const limited: string[] = [];
  const limiter = (name: string) => ({ limit: () => Promise.resolve({ success: limited.push(name) > 0 }) });
  const { post, letters } = startAccounts({
    env: {
      ...env,
      ...watchDatabase((statements) => void trips.push(statements)),
      DENYLIST: watchDenylist((operation) => void operations.push(operation)),
      RATE_LIMITS: 'on',
      LIMIT_CREDENTIALS: limiter('credentials'),
      LIMIT_ACCOUNT: limiter('account'),
    },
    deps: { afterResponse: (work) => void late.push(work) },
  });
  const [deriveBits, deriveKey, sign] = [
    vi.spyOn(crypto.subtle, 'deriveBits'),
    vi.spyOn(crypto.subtle, 'deriveKey'),
    vi.spyOn(crypto.subtle, 'sign'),
  ];
  const { status, headers, body } = await post(path, { email: joe.email });
  const kdf = [...deriveBits.mock.calls, ...deriveKey.mock.calls].filter(
    ([algorithm]) => typeof algorithm === 'object' && algorithm.name === 'PBKDF2',
  );
  const macs = sign.mock.calls.length;
  vi.restoreAllMocks();
  const response = { status, body, headers: [...headers].filter(([name]) => name !== 'x-request-id') };
  const before = { trips: [...trips], operations, limited, kdf: kdf.length, macs, late: late.length };
  trips.length = 0;
  for (const work of late) await work();
  const [claim, ...settle] = trips;
  return { response, before, claim, settle, letters };
}

describe.each(flows)('%s', (_, env, path, mailed) => {
  it('gets the same response, after the same work, for every address', async () => {
    const seen = [];
    for (const [name, prepare] of addresses) {
      await sql('DELETE FROM users');
      for (const table of ['challenges', 'mail_requests', 'outbox', 'login_attempts', 'known_networks'])
        await sql(`DELETE FROM ${table}`);
      await prepare(path, env);
      const { response, before, claim, settle, letters } = await observe(env, path);
      seen.push({ name, response, before, claim });
      expect(settle, `${name}: what follows the mail alone`).toHaveLength(letters.length);
      expect(await sqlValue('SELECT count(*) FROM outbox')).toBe(0);
    }
    const [first, ...others] = seen;
    expect(first?.response).toMatchObject({ status: 202, body: { status: 'success', message: 'Check your mail.' } });
    expect(first?.before).toMatchObject({ operations: [], limited: ['credentials'], kdf: 0, macs: 1, late: 1 });
    expect(first?.before.trips).toHaveLength(1);
    expect(first?.claim).toHaveLength(1);
    for (const { name, ...other } of others) expect({ name, ...other }).toEqual({ ...first, name });
  });

  it('mails to whom it concerns, and to nobody over the cap', async () => {
    const mails = [];
    for (const [, prepare] of addresses.slice(0, 6)) {
      await sql('DELETE FROM users');
      await sql('DELETE FROM mail_requests');
      await sql('DELETE FROM challenges');
      await prepare(path, env);
      const { letters } = await observe(env, path);
      mails.push(letters.map(({ name }) => name));
    }
    const known = path === '/auth/register' ? ['account_exists'] : [mailed];
    expect(mails).toEqual([path === '/auth/register' ? [mailed] : [], known, known, [], [], []]);
  });
});

describe('mails to one address', () => {
  it('are three an hour for one purpose, counted over the last hour', async () => {
    const { register, askReset, letters, clock } = startAccounts();
    await register();
    const sent = () => letters.filter(({ name }) => name === 'reset_password').length;
    for (const minutes of [0, 20, 20]) {
      clock.pass(minutes * 60);
      await askReset();
    }
    clock.pass(20 * 60 - 0.001);
    expect(await askReset()).toMatchObject({ status: 202 });
    expect(sent()).toBe(3);
    clock.pass(0.001);
    await askReset();
    expect(sent(), 'one is an hour ago').toBe(4);
    await askReset();
    expect(sent(), 'and no other').toBe(4);
  });

  it('are ten a day for all purposes, counted over the last day', async () => {
    const { registerVerified, askReset, askVerification, letters, clock, logIn } = startAccounts();
    await registerVerified();
    for (let hour = 0; hour < 4; hour += 1) {
      clock.pass(3600);
      for (let mail = 0; mail < 3; mail += 1) await askReset();
    }
    expect(letters).toHaveLength(10);
    const { body } = await logIn();
    await askVerification(String(body['auth_token']));
    expect(letters, 'another purpose').toHaveLength(10);
    clock.pass(20 * 3600 - 0.001);
    await askReset();
    expect(letters).toHaveLength(10);
    clock.pass(0.001);
    await askReset();
    await askReset();
    expect(letters, 'the first is a day ago').toHaveLength(11);
  });

  it('are counted for each address alone', async () => {
    const { register, askReset, letters } = startAccounts();
    await register();
    await register({ ...joe, email: 'jane@gmail.com' });
    letters.length = 0;
    for (let mail = 0; mail < 5; mail += 1) await askReset();
    await askReset('jane@gmail.com');
    expect(letters.map(({ to }) => to)).toEqual([joe.email, joe.email, joe.email, 'jane@gmail.com']);
  });

  it('are counted by the canonical address', async () => {
    const { register, askReset, letters } = startAccounts();
    await register();
    letters.length = 0;
    for (const email of ['JOE@gmail.com', ' joe@GMAIL.com', 'joe@gmail.com', 'Joe@Gmail.com']) await askReset(email);
    expect(letters).toHaveLength(3);
  });

  it('are three of fifty that are asked for at the same time', async () => {
    const { register, askReset, letters } = startAccounts();
    await register();
    letters.length = 0;
    const all = await Promise.all(Array.from({ length: 50 }, () => askReset()));
    expect(all.every(({ status }) => status === 202)).toBe(true);
    expect(letters).toHaveLength(3);
    expect(new Set(letters.map(({ proof }) => proof?.token)).size, 'with one token').toBe(1);
  });

  it('are not used up by a stranger who registers an address that has an account', async () => {
    const { register, askReset, letters } = startAccounts();
    await register();
    for (let attempt = 0; attempt < 12; attempt += 1) await register({ ...joe, password: 'of a stranger' });
    expect(await sqlValue('SELECT count(*) FROM mail_requests')).toBe(1);
    await askReset();
    expect(letters.map(({ name }) => name)).toEqual(['verify_email', 'reset_password']);
  });
});
