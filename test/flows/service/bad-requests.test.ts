import { exports } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { startClients } from '../../support/clients.ts';
import { emptyTables } from '../../support/database.ts';
import { declaredRoutes } from '../../support/declared-routes.ts';
import { tokenFor } from '../../support/lawful-requests.ts';
import { bearer, countRows, joe, startService, tokensOf } from '../../support/service.ts';

const { call, post } = startService();

const nothing = { users: 0, sessions: 0 };
const noneLeft = { limit: async () => ({ success: false }) };

describe('an unknown path', () => {
  it.each([
    '/index.html',
    '/auth',
    '/auth/',
    '/auth/register/',
    '/Auth/register',
    '/auth//register',
    '/auth/%72egister/x',
    '/admin',
    '/.env',
    '/.git/HEAD',
  ])('gets 404: %s', async (path) => {
    const response = await post(path, joe);
    expect(response).toMatchObject({ status: 404, body: { status: 'fail', code: 'not_found' } });
    expect(await countRows()).toEqual(nothing);
  });
});

describe('a body', () => {
  it('is refused with 413 by every route when it is larger than the route takes, with and without Content-Length', async () => {
    for (const route of declaredRoutes.filter(({ takes }) => takes !== undefined)) {
      const { method, path, takes = '' } = route;
      const { call, register } = startClients();
      const { access } = tokensOf(await register());
      const body = 'x'.repeat((takes === 'application/x-ndjson' ? 1024 : 16) * 1024 + 1);
      const ask = async (body: BodyInit, length?: string) => {
        const headers = { 'content-type': takes, ...bearer(await tokenFor(route, access)) };
        return call(path, { method, headers: { ...headers, ...(length && { 'content-length': length }) }, body });
      };
      const responses = await Promise.all([ask(body, String(body.length)), ask(new Blob([body]).stream())]);
      expect(
        responses.map(({ status }) => status),
        path,
      ).toEqual([413, 413]);
      await emptyTables();
    }
  });
});

describe('a body that no route reads', () => {
  /** A body that never arrives. */
  const missing = () => new ReadableStream<Uint8Array>({ pull: () => new Promise<void>(() => undefined) });
  const announced = { 'content-length': String(17 * 1024), 'content-type': 'text/plain' };

  it.each([
    ['GET', '/health', 200],
    ['HEAD', '/health', 200],
    ['GET', '/auth/verify', 401],
    ['HEAD', '/auth/verify', 401],
    ['GET', '/.well-known/jwks.json', 200],
    ['GET', '/nowhere', 404],
  ])('does not matter when %s %s announces it', async (method, path, status) => {
    expect(await call(path, { method, headers: announced })).toMatchObject({ status });
  });

  it.each([
    ['POST', '/auth/verify', 405],
    ['PUT', '/auth/login', 405],
    ['DELETE', `/auth/sessions/${crypto.randomUUID()}`, 401],
    ['OPTIONS', '/auth/login', 405],
    ['POST', '/nowhere', 404],
    ['DELETE', '/nowhere', 404],
  ])('does not matter, and is not waited for, when it comes with %s %s', async (method, path, status) => {
    expect(await call(path, { method, headers: announced, body: missing() })).toMatchObject({ status });
    expect(await call(path, { method, headers: announced, body: 'x'.repeat(17_000) })).toMatchObject({ status });
  });

  it('is not waited for by a preflight or when a rate limit is reached', async () => {
    const { call } = startService({ env: { CORS_ORIGINS: '*', RATE_LIMITS: 'on', LIMIT_CREDENTIALS: noneLeft } });
    const headers = { ...announced, origin: 'https://a.example', 'access-control-request-method': 'POST' };
    expect(await call('/auth/login', { method: 'OPTIONS', headers, body: missing() })).toMatchObject({ status: 204 });
    expect(await call('/auth/login', { method: 'POST', headers, body: missing() })).toMatchObject({ status: 429 });
  });
});

describe('the Worker', () => {
  it('names GET and HEAD in Allow where a route has both', async () => {
    const response = await call('/auth/status', { method: 'POST' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD');
    expect(await call('/health', { method: 'HEAD' })).toMatchObject({ status: 200, body: {} });
  });

  it('never repeats what it was sent', async () => {
    const secret = 'hunter2-hunter2';
    const responses = await Promise.all([
      post('/auth/register', { email: `${secret}@`, password: { [secret]: secret } }),
      post('/auth/register', `{"email": ${secret}`),
      post('/auth/login', { email: `${secret}@gmail.com`, password: secret }),
      call(`/${secret}?${secret}=${secret}`, { headers: { authorization: `Bearer ${secret}` } }),
    ]);
    for (const { body } of responses) expect(JSON.stringify(body)).not.toContain('hunter2');
  });

  it('serves the app', async () => {
    const response = await exports.default.fetch('http://localhost/auth/status');
    expect(response.status).toBe(401);
  });
});
