import { describe, expect, it } from 'vitest';
import { type ServiceResponse, joe, startService } from '../../support/service.ts';

const { call, post, register, logIn, status, logOut } = startService();

it('puts its headers on every answer, whatever it answers', async () => {
  const token = (await register()).body['auth_token'];
  const responses: ServiceResponse[] = [
    await register({ ...joe, email: 'jane@gmail.com' }),
    await register(),
    await logIn(),
    await logIn({ ...joe, password: 'wrong password' }),
    await status(token),
    await status('a.b.c'),
    await logOut(token),
    await call('/health'),
    await call('/ready'),
    await call('/.well-known/jwks.json'),
    await call('/nowhere'),
    await call('/auth/login'),
    await post('/auth/login', '{'),
    await post('/auth/login', 'x'.repeat(20_000)),
    await post('/auth/login', joe, { 'content-type': 'text/plain' }),
    await startService({ env: { SECRET_KEY: '' } }).call('/auth/status'),
  ];
  const statuses = responses.map((response) => response.status);
  expect(statuses).toEqual([201, 202, 200, 404, 200, 401, 200, 200, 200, 200, 404, 405, 400, 413, 415, 503]);
  for (const { status, headers, body } of responses) {
    expect(headers.has('www-authenticate')).toBe(status === 401);
    expect(headers.has('retry-after')).toBe(status === 503);
    expect(headers.get('content-type')).toBe('application/json');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(headers.has('set-cookie')).toBe(false);
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=31536000/);
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect([undefined, headers.get('x-request-id')]).toContain(body['request_id']);
    expect(headers.get('cache-control')).toBe('keys' in body ? 'public, max-age=600' : 'no-store');
  }
});

it("keeps the caller's request id when it is well formed, and makes one when it is not", async () => {
  const idFor = async (id: string) =>
    (await call('/health', { headers: { 'x-request-id': id } })).headers.get('x-request-id');
  expect(await idFor('trace-4711_A=')).toBe('trace-4711_A=');
  for (const id of ['a b', '<script>', 'x'.repeat(129), '{"a":1}']) expect(await idFor(id)).toMatch(/^[0-9a-f-]{36}$/);
});

describe('CORS', () => {
  const origin = 'https://app.example.org';
  const preflight = { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } };
  const allowed = ({ headers }: ServiceResponse) => headers.get('access-control-allow-origin');

  it('is off by default', async () => {
    expect(allowed(await call('/auth/status', { headers: { origin } }))).toBeNull();
    const response = await call('/auth/login', preflight);
    expect(response.status).toBe(405);
    expect(allowed(response)).toBeNull();
  });

  it('lets in the configured origins and no other, refusals included', async () => {
    const { call } = startService({ env: { CORS_ORIGINS: `https://other.example.org, ${origin}` } });
    const response = await call('/auth/status', { headers: { origin } });
    expect(response.status).toBe(401);
    expect(allowed(response)).toBe(origin);
    expect(response.headers.get('vary')).toContain('Origin');
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    const stranger = await call('/auth/status', { headers: { origin: 'https://evil.example.org' } });
    expect(allowed(stranger)).toBeNull();
    expect(stranger.headers.get('vary')).toContain('Origin');
  });

  it('answers the preflight', async () => {
    const { call } = startService({ env: { CORS_ORIGINS: origin } });
    const response = await call('/auth/login', preflight);
    expect(response.status).toBe(204);
    expect(allowed(response)).toBe(origin);
    expect(response.headers.get('access-control-allow-headers')).toBe('Authorization,Content-Type,X-Request-Id');
  });

  it('answers the preflight of a stranger without letting him in', async () => {
    const { call } = startService({ env: { CORS_ORIGINS: origin } });
    for (const stranger of [
      'https://evil.example.org',
      'null',
      `${origin}.evil.org`,
      origin.toUpperCase(),
      `${origin}/`,
    ]) {
      const response = await call('/auth/login', { ...preflight, headers: { ...preflight.headers, origin: stranger } });
      expect(allowed(response)).toBeNull();
      expect(response.headers.get('access-control-allow-credentials')).toBeNull();
      expect(response.headers.get('vary')).toContain('Origin');
    }
  });

  it('never lets a page send cookies, and keeps what it is told apart by origin', async () => {
    const { call, post } = startService({ env: { CORS_ORIGINS: origin } });
    const headers = { origin };
    const responses = [
      await post('/auth/register', joe, headers),
      await post('/auth/login', joe, headers),
      await post('/auth/login', '{', headers),
      await call('/nowhere', { headers }),
      await call('/auth/login', { headers }),
      await call('/auth/status', { headers }),
      await call('/auth/status'),
    ];
    for (const response of responses) {
      expect(response.headers.get('access-control-allow-credentials')).toBeNull();
      expect(response.headers.get('vary')).toContain('Origin');
    }
    expect(responses.map(allowed)).toEqual([...Array.from({ length: 6 }, () => origin), null]);
  });

  it('leaves an OPTIONS that is no preflight alone', async () => {
    const { call } = startService({ env: { CORS_ORIGINS: origin } });
    expect(await call('/auth/login', { method: 'OPTIONS', headers: { origin } })).toMatchObject({ status: 405 });
    expect(await call('/nowhere', { method: 'OPTIONS' })).toMatchObject({ status: 404 });
  });

  it('lets in everyone when told so, and then has no need to tell origins apart', async () => {
    const { call } = startService({ env: { CORS_ORIGINS: '*' } });
    const response = await call('/auth/status', { headers: { origin } });
    expect(allowed(response)).toBe('*');
    expect(response.headers.get('vary')).toBeNull();
  });

  it.each([
    ['capacitor://localhost', 'capacitor://localhost', 'ionic://localhost'],
    ['https://*.preview.example.org', 'https://pr-17.preview.example.org', 'https://evil-preview.example.org'],
    ['http://localhost:*', 'http://localhost:5173', 'http://localhost.evil.com:5173'],
  ])('lets in by %s what it names, in the name of that one alone', async (CORS_ORIGINS, own, other) => {
    const { call } = startService({ env: { CORS_ORIGINS } });
    for (const path of ['/auth/status', '/nowhere']) {
      expect(allowed(await call(path, { headers: { origin: own } }))).toBe(own);
      expect(allowed(await call(path, { headers: { origin: other } }))).toBeNull();
    }
    const response = await call('/auth/login', { ...preflight, headers: { ...preflight.headers, origin: own } });
    expect(allowed(response)).toBe(own);
    expect(response.headers.get('vary')).toContain('Origin');
  });

  it('lets pages send what else is configured, and read what the service says in headers', async () => {
    const { call } = startService({ env: { CORS_ORIGINS: origin, CORS_HEADERS: 'sentry-trace, baggage' } });
    const { headers } = await call('/auth/login', preflight);
    expect(headers.get('access-control-allow-headers')).toBe(
      'Authorization,Content-Type,X-Request-Id,sentry-trace,baggage',
    );
    const response = await call('/auth/status', { headers: { origin } });
    expect(response.headers.get('access-control-expose-headers')).toBe(
      'X-Request-Id,WWW-Authenticate,Retry-After,Allow,ETag,X-User-Id,X-Session-Id',
    );
  });

  describe.each(['', origin, '*'])('with CORS_ORIGINS=%j', (CORS_ORIGINS) => {
    const PUBLIC = [
      '/health',
      '/.well-known/jwks.json',
      '/.well-known/oauth-authorization-server',
      '/.well-known/openid-configuration',
    ];

    it.each(PUBLIC)('lets pages of every origin read %s, in one answer for all of them', async (path) => {
      const { call } = startService({ env: { CORS_ORIGINS } });
      for (const headers of [{}, { origin: 'https://stranger.example' }, { origin: 'null' }, { origin }]) {
        const response = await call(path, { headers });
        expect(response.status).toBe(200);
        expect(allowed(response)).toBe('*');
        expect(response.headers.get('vary')).toBeNull();
        expect(response.headers.get('access-control-allow-credentials')).toBeNull();
        expect(response.headers.get('access-control-expose-headers')).toContain('ETag');
      }
    });

    it.each(PUBLIC)('answers the preflight of whoever asks for %s, configured or not', async (path) => {
      const asked = { 'access-control-request-method': 'GET', 'access-control-request-headers': 'sentry-trace' };
      for (const env of [{ CORS_ORIGINS }, { CORS_ORIGINS, SECRET_KEY: '' }]) {
        const headers = { origin: 'https://stranger.example', ...asked };
        const response = await startService({ env }).call(path, { method: 'OPTIONS', headers });
        expect(response.status).toBe(204);
        expect(allowed(response)).toBe('*');
        expect(response.headers.get('access-control-allow-headers')).toBe('*,Authorization');
      }
    });
  });

  it('lets every page see that what is public cannot be had just now, and no more than that', async () => {
    const { call } = startService({ env: { CORS_ORIGINS: origin, SECRET_KEY: '' } });
    const headers = { origin: 'https://stranger.example' };
    const keys = await call('/.well-known/jwks.json', { headers });
    expect(keys).toMatchObject({ status: 503, body: { code: 'misconfigured' } });
    expect(allowed(keys)).toBe('*');
    expect(allowed(await call('/auth/status', { headers: { origin } }))).toBeNull();
  });

  it('lets a page that has the keys hear that they are the same', async () => {
    const { call } = startService();
    const etag = (await call('/.well-known/jwks.json')).headers.get('etag') ?? '';
    const response = await call('/.well-known/jwks.json', { headers: { origin, 'if-none-match': etag } });
    expect(response.status).toBe(304);
    expect(allowed(response)).toBe('*');
  });
});
