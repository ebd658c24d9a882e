import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { sql, sqlValue } from '../../support/database.ts';
import { startService } from '../../support/service.ts';
import { fail, watchDatabase, watchDenylist } from '../../support/storage.ts';

const misconfigured = { env: { SECRET_KEY: 'short' } };

describe('GET /health', () => {
  it('succeeds, even when the service is misconfigured', async () => {
    expect(await startService().call('/health')).toMatchObject({ status: 200, body: { status: 'success' } });
    expect(await startService(misconfigured).call('/health')).toMatchObject({ status: 200 });
  });
});

describe('GET /ready', () => {
  it('succeeds when the database, the denylist and the signing keys can be used', async () => {
    expect(await startService().call('/ready')).toMatchObject({ status: 200, body: { status: 'success' } });
  });

  it.each([
    ['the database is down', watchDatabase(fail)],
    ['the denylist is down', { DENYLIST: watchDenylist(fail) }],
    ['a key cannot be imported', { SIGNING_KEYS: env.SIGNING_KEYS.replace('"x":"f83', '"x":"AAA') }],
  ])('responds with 503 when %s', async (_, bindings) => {
    const response = await startService({ env: bindings }).call('/ready');
    expect(response).toMatchObject({ status: 503, body: { status: 'fail', code: 'not_ready' } });
    expect(response.headers.get('retry-after')).toBe('5');
  });

  it.each(['users', 'sessions', 'login_attempts', 'known_networks'])(
    'responds with 503 before the table %s exists',
    async (table) => {
      await sql(`ALTER TABLE ${table} RENAME TO renamed`);
      const response = await startService().call('/ready');
      await sql(`ALTER TABLE renamed RENAME TO ${table}`);
      expect(response).toMatchObject({ status: 503, body: { code: 'not_ready' } });
    },
  );
});

describe('a misconfigured service', () => {
  it.each([
    '/ready',
    '/auth/register',
    '/auth/login',
    '/auth/status',
    '/auth/logout',
    '/.well-known/jwks.json',
    '/nowhere',
  ])('responds with a bare 503 at %s', async (path) => {
    const response = await startService(misconfigured).call(path, { method: 'POST' });
    expect(response.status).toBe(503);
    expect(response.body).toEqual({
      status: 'fail',
      code: 'misconfigured',
      message: 'Service unavailable.',
      request_id: response.headers.get('x-request-id'),
    });
  });

  it('responds with 503 and stores nothing when a signing key cannot be imported', async () => {
    const { register } = startService({ env: { SIGNING_KEYS: env.SIGNING_KEYS.replace('"x":"f83', '"x":"AAA') } });
    expect(await register()).toMatchObject({ status: 503, body: { code: 'misconfigured' } });
    expect(await sqlValue('SELECT count(*) n FROM users')).toBe(0);
  });
});
