import { describe, expect, it } from 'vitest';
import { refusals } from '../../src/errors.ts';
import { findUndescribed, type Sent } from '../support/described-responses.ts';
import { expectDescribed } from '../support/expect-described.ts';

const usual = { 'x-request-id': 'abc', 'cache-control': 'no-store', 'content-type': 'application/json' };

/** The faults of a response with the usual headers. A header of `undefined` is absent. */
function faultsOf(
  route: string,
  status: number,
  body: unknown,
  changed: Record<string, string | undefined> = {},
): string[] {
  const [method = '', path = ''] = route.split(' ');
  const headers = Object.entries({ ...usual, ...changed }).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const sent: Sent = { method, url: `http://localhost${path}`, status, headers: new Headers(headers), text };
  return findUndescribed(sent);
}

const refusal = (code: keyof typeof refusals) => ({
  status: 'fail',
  code,
  message: refusals[code].message,
  request_id: 'abc',
});
const done = { status: 'success', message: 'Up.' };
const user = {
  user_id: '01a21687-ecff-7a0c-8a55-0f1e2d3c4b5a',
  email: 'joe@example.com',
  email_verified: false,
  admin: false,
  roles: [],
  claims: {},
  locale: null,
  registered_on: '2026-11-26T06:25:36.511Z',
};

describe('a response that the document describes', () => {
  it('has no faults', () => {
    expect(faultsOf('GET /health', 200, done)).toEqual([]);
    expect(faultsOf('HEAD /health', 200, '')).toEqual([]);
    expect(faultsOf('GET /auth/status', 200, { status: 'success', data: user })).toEqual([]);
    expect(faultsOf('POST /auth/login', 404, refusal('invalid_credentials'))).toEqual([]);
    expect(faultsOf('POST /auth/login', 503, refusal('misconfigured'), { 'retry-after': '5' })).toEqual([]);
    expect(faultsOf('POST /oauth/revoke', 200, '', { 'content-type': undefined })).toEqual([]);
    expect(faultsOf('GET /nowhere', 404, refusal('not_found'))).toEqual([]);
    expect(faultsOf('PUT /health', 405, refusal('method_not_allowed'), { allow: 'GET, HEAD' })).toEqual([]);
  });
});

describe('a response that the document does not describe', () => {
  const oauthRefusal = { error: 'server_error', error_description: 'x' };

  it.each([
    ['a status', 'GET /health', 204, '', {}, 'the status 204'],
    ['a refusal with the status of a success', 'GET /health', 200, refusal('internal_error'), {}, 'the body'],
    ['the code of another route', 'POST /auth/login', 404, refusal('unknown_session'), {}, 'the body'],
    ['the shape of another refusal', 'POST /auth/login', 500, oauthRefusal, {}, 'the body'],
    ['a field too many', 'GET /health', 200, { ...done, version: '1' }, {}, 'the body'],
    ['a field too few', 'GET /health', 200, { status: 'success' }, {}, 'the body'],
    ['a nested field too many', 'GET /auth/user', 200, { status: 'success', data: { ...user, hash: 'x' } }, {}, 'body'],
    [
      'a value of another format',
      'GET /auth/user',
      200,
      { status: 'success', data: { ...user, user_id: '1' } },
      {},
      'body',
    ],
    ['no JSON', 'GET /health', 200, '<html>', {}, 'the body'],
    ['another content type', 'GET /health', 200, done, { 'content-type': 'text/html' }, 'the content type text/html'],
    ['a body where there is none', 'GET /auth/verify', 204, done, { 'x-user-id': user.user_id }, 'a body'],
    ['a body for HEAD', 'HEAD /health', 200, done, {}, 'the body of a HEAD request'],
    ['no id of the request', 'GET /health', 200, done, { 'x-request-id': undefined }, 'no header X-Request-Id'],
    [
      'another caching',
      'GET /health',
      200,
      done,
      { 'cache-control': 'public, max-age=600' },
      'the header Cache-Control',
    ],
    ['no challenge', 'GET /auth/status', 401, refusal('missing_token'), {}, 'no header WWW-Authenticate'],
    ['no time to wait', 'GET /ready', 503, refusal('not_ready'), {}, 'no header Retry-After'],
    [
      'a time to wait that is no number',
      'GET /ready',
      503,
      refusal('not_ready'),
      { 'retry-after': 'soon' },
      'Retry-After',
    ],
    ['no kind', 'GET /auth/verify', 204, '', {}, 'no header X-Kind'],
    ['a success outside of routes', 'GET /nowhere', 200, done, {}, 'the status 200'],
    ['another refusal outside of routes', 'GET /nowhere', 404, refusal('unknown_session'), {}, 'the body'],
    ['404 for another method', 'PUT /health', 404, refusal('not_found'), {}, 'the status 404'],
    ['405 without the methods', 'PUT /health', 405, refusal('method_not_allowed'), {}, 'no header Allow'],
  ] as const)('is found: %s', (_, route, status, body, headers, fault) => {
    expect(faultsOf(route, status, body, headers).join(', ')).toContain(fault);
  });

  it('fails the test that gets it, and tells what to do', () => {
    const response = new Response(undefined, { status: 418, headers: usual });
    expect(() => expectDescribed({ method: 'GET', path: '/health', response, text: '' })).toThrow(
      'assets/openapi.json does not describe the response 418 to GET /health: the status 418.',
    );
  });
});
