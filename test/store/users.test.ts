import { expect, it } from 'vitest';
import { env } from 'cloudflare:workers';
import { newEvent } from '../../src/domain/event/new-event.ts';
import { StorageFailure } from '../../src/errors.ts';
import { wire } from '../../src/wire.ts';
import { sql } from '../support/database.ts';
import { countRows, silent, startService, tokensOf } from '../support/service.ts';
import { fail, watchDatabase } from '../support/storage.ts';

const { users } = wire(env, silent);

const event = newEvent({ now: () => new Date(0), trace: silent.trace }, 'user_registered');
const network = { key: 'home', until: new Date(1) };
const device = { addressPrefix: null, country: null, userAgent: null, amr: ['pwd'], authenticatedAt: null };
const user = (id: string) => ({
  id,
  email: `${id}@example.org`,
  passwordHash: 'hash',
  registeredAt: new Date(0),
  locale: null,
});
const sessionOf = (userId: string, id: string) => ({
  id,
  userId,
  generation: 0,
  startedAt: new Date(0),
  expiresAt: new Date(1),
  userVersion: 0,
  ...device,
});

it('creates no account when its first session cannot be stored, and repeats no bound value in the error', async () => {
  await users.create(user('hunter1'), sessionOf('hunter1', 'taken'), { network, ask: undefined, event });
  const failure: unknown = await users
    .create(user('hunter2'), sessionOf('hunter2', 'taken'), { network, ask: undefined, event })
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StorageFailure);
  expect(String(failure)).toMatch(/UNIQUE constraint failed: sessions\.id/);
  expect(String(failure)).not.toContain('hunter2');
  expect(await sql('SELECT id FROM users')).toEqual([{ id: 'hunter1' }]);
});

it('creates the whole account when the response of the database is lost, so that a login succeeds', async () => {
  const { register, logIn } = startService();
  await startService({ env: watchDatabase(() => fail) }).register();
  expect(await countRows()).toEqual({ users: 1, sessions: 1 });
  expect(await register()).toMatchObject({ status: 202 });
  expect(await logIn()).toMatchObject({ status: 200 });
});

it('stores whole numbers as integers, whatever statement writes them', async () => {
  const { register, refresh, logOut } = startService();
  const { access, refresh: token } = tokensOf(await register());
  await refresh(token);
  await logOut(access);
  const times = ['generation', 'started_at', 'expires_at', 'revoked_at', 'rotated_at', 'shared'];
  const [types] = await sql(
    `SELECT ${times.map((column) => `typeof(${column}) AS ${column}`).join(', ')} FROM sessions`,
  );
  expect(types).toEqual(Object.fromEntries(times.map((column) => [column, 'integer'])));
  expect(await sql('SELECT typeof(registered_at) t, typeof(admin) a FROM users')).toEqual([
    { t: 'integer', a: 'integer' },
  ]);
});
