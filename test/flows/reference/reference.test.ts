import { describe, expect, it } from 'vitest';
import { everyResponseHas } from '../../../src/http/middleware/response-headers.ts';
import { startService } from '../../support/service.ts';

const { call, post } = startService();

const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const USUAL_POLICY = "default-src 'none'; frame-ancestors 'none'";

const files = [
  { path: '/openapi.json', type: 'application/json', policy: USUAL_POLICY },
  { path: '/docs', type: 'text/html; charset=utf-8', policy: PAGE_POLICY },
  { path: '/docs.css', type: 'text/css; charset=utf-8', policy: USUAL_POLICY },
];

describe.each(files)('$path', ({ path, type, policy }) => {
  it('is served to anyone, with its type and policy, to be cached for ten minutes', async () => {
    const { status, headers } = await call(path);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe(type);
    expect(headers.get('content-security-policy')).toBe(policy);
    expect(headers.get('cache-control')).toBe('public, max-age=600');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('etag')).toMatch(/^"[^"]+"$/);
    for (const name of everyResponseHas) expect(headers.get(name)).not.toBeNull();
  });

  it('is 304 without a body for whoever has it: by its ETag, a weak one, one of several, or any', async () => {
    const etag = (await call(path)).headers.get('etag') ?? '';
    for (const condition of [etag, `W/${etag}`, `"other", ${etag}`, `"other",W/${etag}`, '*']) {
      const { status, headers, body } = await call(path, { headers: { 'if-none-match': condition } });
      expect({ status, body }, condition).toEqual({ status: 304, body: {} });
      expect(headers.get('etag')).toBe(etag);
      expect(headers.get('cache-control')).toBe('public, max-age=600');
      expect(headers.get('content-security-policy')).toBe(policy);
      expect(headers.get('content-type')).toBeNull();
    }
  });

  it('is 200 for whoever has another version', async () => {
    for (const condition of ['"other"', '', ',', 'W/', '"*"']) {
      expect((await call(path, { headers: { 'if-none-match': condition } })).status).toBe(200);
    }
  });

  it('responds to HEAD as to GET, without a body', async () => {
    const { status, headers } = await call(path, { method: 'HEAD' });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe(type);
  });

  it('is 404 not_found, to be cached by nobody, when the Worker has no assets, or not this one', async () => {
    const empty = { fetch: async () => new Response(null, { status: 404 }) };
    for (const ASSETS of [undefined, empty]) {
      const { status, headers, body } = await startService({ env: { ASSETS, PLAYGROUND: 'off' } }).call(path);
      expect({ status, code: body['code'] }).toEqual({ status: 404, code: 'not_found' });
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('content-security-policy')).toBe(USUAL_POLICY);
    }
  });

  it('refuses any other method', async () => {
    const { status, headers, body } = await post(path, {});
    expect({ status, code: body['code'] }).toEqual({ status: 405, code: 'method_not_allowed' });
    expect(headers.get('allow')).toBe('GET, HEAD');
  });
});

it('lets pages of every origin read the OpenAPI document', async () => {
  const { headers, body } = await call('/openapi.json', { headers: { origin: 'https://elsewhere.example' } });
  expect(headers.get('access-control-allow-origin')).toBe('*');
  expect(body['openapi']).toMatch(/^3\.1\./);
});

it('serves no file under another name', async () => {
  for (const path of ['/docs.html', '/docs/', '/openapi', '/playground.html', '/index.html', '/favicon.ico']) {
    const { status, body } = await call(path);
    expect({ path, status, code: body['code'] }).toEqual({ path, status: 404, code: 'not_found' });
  }
});
