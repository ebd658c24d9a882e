import { describe, expect, it } from 'vitest';
import { startService } from '../../support/service.ts';

const types = {
  '/': 'text/html; charset=utf-8',
  '/playground.js': 'text/javascript; charset=utf-8',
  '/playground.css': 'text/css; charset=utf-8',
};

describe.each(Object.entries(types))('%s of the playground', (path, type) => {
  it('is 404 not_found unless PLAYGROUND is on', async () => {
    for (const PLAYGROUND of ['off', undefined]) {
      const { status, body } = await startService({ env: { PLAYGROUND } }).call(path);
      expect({ status, code: body['code'] }).toEqual({ status: 404, code: 'not_found' });
    }
  });

  it('is served when PLAYGROUND is on, with a policy that lets in nothing of another origin', async () => {
    const { call } = startService({ env: { PLAYGROUND: 'on' } });
    const { status, headers } = await call(path);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe(type);
    expect(headers.get('cache-control')).toBe('no-cache');
    const policy = new Set(headers.get('content-security-policy')?.split('; '));
    for (const rule of ["default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"])
      expect(policy).toContain(rule);
    expect([...policy].filter((rule) => /https?:|\*|unsafe/.test(rule))).toEqual([]);
    const again = await call(path, { headers: { 'if-none-match': headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
  });
});
