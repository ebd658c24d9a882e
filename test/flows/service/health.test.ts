import { env } from 'cloudflare:workers';
import { expect, it } from 'vitest';
import { sql, sqlValue } from '../../support/database.ts';
import { startService } from '../../support/service.ts';
import { fail, watchDatabase, watchDenylist } from '../../support/storage.ts';

const misconfigured = { env: { SECRET_KEY: 'short' } };

it('is up, configured or not', async () => {
  expect(await startService().call('/health')).toMatchObject({ status: 200, body: { status: 'success' } });
  expect(await startService(misconfigured).call('/health')).toMatchObject({ status: 200 });
});

it('is ready when database, denylist and keys are', async () => {
  expect(await startService().call('/ready')).toMatchObject({ status: 200, body: { status: 'success' } });
});

it.each([
  ['the database is out of reach', watchDatabase(fail)],
  ['the denylist is out of reach', { DENYLIST: watchDenylist(fail) }],
  ['a key cannot be imported', { SIGNING_KEYS: env.SIGNING_KEYS.replace('"x":"f83', '"x":"AAA') }],
])('is not ready when %s', async (_, bindings) => {
  const response = await startService({ env: bindings }).call('/ready');
  expect(response).toMatchObject({ status: 503, body: { status: 'fail', code: 'not_ready' } });
  expect(response.headers.get('retry-after')).toBe('5');
});

it.each(['users', 'sessions', 'login_attempts', 'known_networks'])(
  'is not ready before the table %s exists',
  async (table) => {
    await sql(`ALTER TABLE ${table} RENAME TO renamed`);
    const response = await startService().call('/ready');
    await sql(`ALTER TABLE renamed RENAME TO ${table}`);
    expect(response).toMatchObject({ status: 503, body: { code: 'not_ready' } });
  },
);

it.each([
  '/ready',
  '/auth/register',
  '/auth/login',
  '/auth/status',
  '/auth/logout',
  '/.well-known/jwks.json',
  '/nowhere',
])('answers a bare 503 at %s when the configuration is wrong', async (path) => {
  const response = await startService(misconfigured).call(path, { method: 'POST' });
  expect(response.status).toBe(503);
  expect(response.body).toEqual({
    status: 'fail',
    code: 'misconfigured',
    message: 'Service unavailable.',
    request_id: response.headers.get('x-request-id'),
  });
});

it('stores nothing, and answers 503, with a signing key that cannot be imported', async () => {
  const { register } = startService({ env: { SIGNING_KEYS: env.SIGNING_KEYS.replace('"x":"f83', '"x":"AAA') } });
  expect(await register()).toMatchObject({ status: 503, body: { code: 'misconfigured' } });
  expect(await sqlValue('SELECT count(*) n FROM users')).toBe(0);
});
