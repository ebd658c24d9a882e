import { describe, expect, it } from 'vitest';
import { bearer, type ServiceResponse, joe, startService, tokensOf } from '../../support/service.ts';

const { call, post, register, logIn, status, logOut } = startService();

describe('every response', () => {
  it('has the security headers, a request id and Cache-Control', async () => {
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

  it('has the security headers, whatever its method and status', async () => {
    const { access } = tokensOf(await register());
    const origin = 'https://app.example.org';
    const withCors = startService({ env: { CORS_ORIGINS: origin } });
    const broken = startService({ deps: { now: () => new Date(Number.NaN) } });
    const etag = (await call('/.well-known/jwks.json')).headers.get('etag') ?? '';
    const preflight = { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } };
    const responses = [
      await call('/auth/verify', { headers: bearer(access) }),
      await withCors.call('/auth/login', preflight),
      await call('/health', { method: 'HEAD' }),
      await call('/.well-known/jwks.json', { headers: { 'if-none-match': etag } }),
      await call('/auth/login', { method: 'OPTIONS' }),
      await broken.call('/auth/status', { headers: bearer(access) }),
    ];
    expect(responses.map(({ status }) => status)).toEqual([204, 204, 200, 304, 405, 500]);
    for (const { headers } of responses) {
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
      expect(headers.get('strict-transport-security')).toMatch(/^max-age=31536000/);
      expect(headers.get('cache-control')).toBe(headers.has('etag') ? 'public, max-age=600' : 'no-store');
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it("has the caller's request id if that is well formed, and a new one if not", async () => {
    const idFor = async (id: string) =>
      (await call('/health', { headers: { 'x-request-id': id } })).headers.get('x-request-id');
    expect(await idFor('trace-4711_A=')).toBe('trace-4711_A=');
    for (const id of ['a b', '<script>', 'x'.repeat(129), '{"a":1}'])
      expect(await idFor(id)).toMatch(/^[0-9a-f-]{36}$/);
  });
});
