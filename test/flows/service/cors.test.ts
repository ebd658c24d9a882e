import { describe, expect, it } from 'vitest';
import { joe, type ServiceResponse, startService } from '../../support/service.ts';

const { call } = startService();

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

  it('allows the configured origins and no other, also on refusals', async () => {
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

  it('allows the preflight of a configured origin', async () => {
    const { call } = startService({ env: { CORS_ORIGINS: origin } });
    const response = await call('/auth/login', preflight);
    expect(response.status).toBe(204);
    expect(allowed(response)).toBe(origin);
    expect(response.headers.get('access-control-allow-headers')).toBe(
      'Authorization,Content-Type,If-Match,X-Request-Id',
    );
  });

  it('does not allow the preflight of another origin', async () => {
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

  it('never allows credentials, and varies every response by Origin', async () => {
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

  it('treats an OPTIONS request that is not a preflight as any other method', async () => {
    const { call } = startService({ env: { CORS_ORIGINS: origin } });
    expect(await call('/auth/login', { method: 'OPTIONS', headers: { origin } })).toMatchObject({ status: 405 });
    expect(await call('/nowhere', { method: 'OPTIONS' })).toMatchObject({ status: 404 });
  });

  it('allows every origin with CORS_ORIGINS=*, and then does not vary responses', async () => {
    const { call } = startService({ env: { CORS_ORIGINS: '*' } });
    const response = await call('/auth/status', { headers: { origin } });
    expect(allowed(response)).toBe('*');
    expect(response.headers.get('vary')).toBeNull();
  });

  it.each([
    ['capacitor://localhost', 'capacitor://localhost', 'ionic://localhost'],
    ['https://*.preview.example.org', 'https://pr-17.preview.example.org', 'https://evil-preview.example.org'],
    ['http://localhost:*', 'http://localhost:5173', 'http://localhost.evil.com:5173'],
  ])('allows with %s only origins that match, and names the one that asks', async (CORS_ORIGINS, own, other) => {
    const { call } = startService({ env: { CORS_ORIGINS } });
    for (const path of ['/auth/status', '/nowhere']) {
      expect(allowed(await call(path, { headers: { origin: own } }))).toBe(own);
      expect(allowed(await call(path, { headers: { origin: other } }))).toBeNull();
    }
    const response = await call('/auth/login', { ...preflight, headers: { ...preflight.headers, origin: own } });
    expect(allowed(response)).toBe(own);
    expect(response.headers.get('vary')).toContain('Origin');
  });

  it('allows the configured request headers, and exposes the response headers of the service', async () => {
    const { call } = startService({ env: { CORS_ORIGINS: origin, CORS_HEADERS: 'sentry-trace, baggage' } });
    const { headers } = await call('/auth/login', preflight);
    expect(headers.get('access-control-allow-headers')).toBe(
      'Authorization,Content-Type,If-Match,X-Request-Id,sentry-trace,baggage',
    );
    const response = await call('/auth/status', { headers: { origin } });
    expect(response.headers.get('access-control-expose-headers')).toBe(
      'X-Request-Id,WWW-Authenticate,Retry-After,Allow,ETag,X-Kind,X-User-Id,X-Session-Id,X-Roles,X-Client-Id,X-Key-Id,X-Scopes',
    );
  });

  describe.each(['', origin, '*'])('CORS of public routes with CORS_ORIGINS=%j', (CORS_ORIGINS) => {
    const PUBLIC = [
      '/health',
      '/.well-known/jwks.json',
      '/.well-known/oauth-authorization-server',
      '/.well-known/openid-configuration',
    ];

    it.each(PUBLIC)('lets pages of every origin read %s, with the same response for all', async (path) => {
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

    it.each(PUBLIC)(
      'allows the preflight of every origin for %s, even when the service is misconfigured',
      async (path) => {
        const asked = { 'access-control-request-method': 'GET', 'access-control-request-headers': 'sentry-trace' };
        for (const env of [{ CORS_ORIGINS }, { CORS_ORIGINS, SECRET_KEY: '' }]) {
          const headers = { origin: 'https://stranger.example', ...asked };
          const response = await startService({ env }).call(path, { method: 'OPTIONS', headers });
          expect(response.status).toBe(204);
          expect(allowed(response)).toBe('*');
          expect(response.headers.get('access-control-allow-headers')).toBe('*,Authorization');
        }
      },
    );
  });

  it('lets pages of every origin read the 503 of a public route, and of no other route', async () => {
    const { call } = startService({ env: { CORS_ORIGINS: origin, SECRET_KEY: '' } });
    const headers = { origin: 'https://stranger.example' };
    const keys = await call('/.well-known/jwks.json', { headers });
    expect(keys).toMatchObject({ status: 503, body: { code: 'misconfigured' } });
    expect(allowed(keys)).toBe('*');
    expect(allowed(await call('/auth/status', { headers: { origin } }))).toBeNull();
  });

  it('lets pages of every origin read the 304 of the public keys', async () => {
    const { call } = startService();
    const etag = (await call('/.well-known/jwks.json')).headers.get('etag') ?? '';
    const response = await call('/.well-known/jwks.json', { headers: { origin, 'if-none-match': etag } });
    expect(response.status).toBe(304);
    expect(allowed(response)).toBe('*');
  });
});
