import { describe, expect, it } from 'vitest';
import { startService } from '../../support/service.ts';

const html = 'text/html; charset=utf-8';
const types = {
  '/account/verify': html,
  '/account/register': html,
  '/account/confirm': html,
  '/account/reset': html,
  '/account/undo': html,
  '/account/account.js': 'text/javascript; charset=utf-8',
  '/account/account.css': 'text/css; charset=utf-8',
  '/account/security': html,
  '/account/security.js': 'text/javascript; charset=utf-8',
  '/account/security.css': 'text/css; charset=utf-8',
};

const { call, post } = startService({ env: { PLAYGROUND: 'off' } });

describe.each(Object.entries(types))('%s', (path, type) => {
  it('is served to anyone, with a policy that lets in nothing of another origin', async () => {
    const { status, headers } = await call(path);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe(type);
    expect(headers.get('cache-control')).toBe('no-cache');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
  });

  it('is 304 for whoever has it', async () => {
    const etag = (await call(path)).headers.get('etag') ?? '';
    expect(await call(path, { headers: { 'if-none-match': etag } })).toMatchObject({ status: 304, body: {} });
  });

  it('is 404 not_found when the Worker has no assets', async () => {
    const { status, body } = await startService({ env: { PLAYGROUND: 'off', ASSETS: undefined } }).call(path);
    expect({ status, code: body['code'] }).toEqual({ status: 404, code: 'not_found' });
  });

  it('takes no form, and nothing else that a browser posts', async () => {
    const { status, body } = await post(path, {});
    expect({ status, code: body['code'] }).toEqual({ status: 405, code: 'method_not_allowed' });
  });
});

it('has no other account page, and serves its file under no other name', async () => {
  for (const path of [
    '/account',
    '/account/',
    '/account/delete',
    '/account/verify/',
    '/account/account.html',
    '/account/security.html',
    '/account.html',
  ]) {
    const { status, body } = await call(path);
    expect({ path, status, code: body['code'] }).toEqual({ path, status: 404, code: 'not_found' });
  }
});
