import { exports } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { startClients } from '../../support/clients.ts';
import { declaredRoutes } from '../../support/declared-routes.ts';
import { bearer, countRows, joe, startService, tokensOf } from '../../support/service.ts';

const { call, post, register } = startService();

const nothing = { users: 0, sessions: 0 };
const noneLeft = { limit: async () => ({ success: false }) };
const bodyOf = (value: unknown) => JSON.stringify(value);

describe.each(['/auth/register', '/auth/login'])('%s', (path) => {
  it.each([
    ['nothing', ''],
    ['half an object', '{"email":"joe@gmail.com"'],
    ['a word', 'hello'],
    ['a form', 'email=joe@gmail.com&password=123456'],
    ['a single quote', "{'email':'joe@gmail.com'}"],
    ['a trailing comma', '{"email":"joe@gmail.com","password":"correct horse",}'],
    ['deep nesting, unclosed', '['.repeat(16_000)],
  ])('calls %s no JSON', async (_, body) => {
    const response = await post(path, body);
    expect(response).toMatchObject({ status: 400, body: { status: 'fail', code: 'malformed_json' } });
    expect(await countRows()).toEqual(nothing);
  });

  it.each([
    ['null', 'null', ['']],
    ['an array', '[]', ['']],
    ['deep nesting', '['.repeat(8000) + ']'.repeat(8000), ['']],
    ['text', '"joe@gmail.com"', ['']],
    ['an empty object', '{}', ['email', 'password']],
    ['no password', bodyOf({ email: joe.email }), ['password']],
    ['no e-mail', bodyOf({ password: joe.password }), ['email']],
    ['numbers', bodyOf({ email: 1, password: 2 }), ['email', 'password']],
    ['null fields', bodyOf({ email: null, password: null }), ['email', 'password']],
    ['arrays for text', bodyOf({ email: [joe.email], password: [joe.password] }), ['email', 'password']],
    ['an empty password', bodyOf({ ...joe, password: '' }), ['password']],
    ['an inherited password', `{"email":"${joe.email}","__proto__":{"password":"correct horse"}}`, ['password']],
    ['NUL in the password', bodyOf({ ...joe, password: 'correct\0horse' }), ['password']],
    ['half a surrogate pair', `{"email":"${joe.email}","password":"correct\\ud800horse"}`, ['password']],
    ['a password of 257 characters', bodyOf({ ...joe, password: 'x'.repeat(257) }), ['password']],
  ])('refuses %s, and says which fields are wrong', async (_, body, paths) => {
    const response = await post(path, body);
    expect(response).toMatchObject({ status: 400, body: { status: 'fail', code: 'invalid_request' } });
    const { errors } = response.body;
    expect(errors).toEqual(paths.map((path) => ({ path, message: expect.stringMatching(/^(Must|Is) /) })));
    expect(await countRows()).toEqual(nothing);
  });

  it.each([
    'joe',
    'joe@',
    '@gmail.com',
    'joe@gmail',
    'joe@@gmail.com',
    'joe smith@gmail.com',
    'joe@gmail..com',
    'joe@.com',
  ])('does not take %j for an address', async (email) => {
    const response = await post(path, { ...joe, email });
    expect(response).toMatchObject({ status: 400, body: { code: 'invalid_request', errors: [{ path: 'email' }] } });
    expect(await countRows()).toEqual(nothing);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/vnd.api+json',
    'application/jsonp',
    'json',
    'application/json, application/json',
    'application/json charset=utf-8',
    'application/json; charset',
    'application/json; charset =utf-8',
    'application/json; charset="utf-8',
    'application /json',
    `application/json; a=${'b'.repeat(1024)}`,
  ])('answers 415 to the type %s', async (type) => {
    const response = await post(path, joe, { 'content-type': type });
    expect(response).toMatchObject({ status: 415, body: { status: 'fail', code: 'unsupported_media_type' } });
    expect(await countRows()).toEqual(nothing);
  });

  it('answers 415 to a body that says it is compressed', async () => {
    const response = await post(path, joe, { 'content-encoding': 'gzip' });
    expect(response).toMatchObject({ status: 415, body: { status: 'fail', code: 'unsupported_media_type' } });
    expect(await countRows()).toEqual(nothing);
  });

  it('answers 415 to an empty type', async () => {
    const response = await post(path, joe, { 'content-type': '' });
    expect(response).toMatchObject({ status: 415, body: { status: 'fail', code: 'unsupported_media_type' } });
  });

  it('misses the fields when there is neither a body nor a type', async () => {
    const response = await call(path, { method: 'POST' });
    expect(response).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });

  it('answers 415 to a body without a type', async () => {
    const response = await call(path, { method: 'POST', body: new Blob([bodyOf(joe)]).stream() });
    expect(response).toMatchObject({ status: 415, body: { status: 'fail', code: 'unsupported_media_type' } });
    expect(await countRows()).toEqual(nothing);
  });

  it('answers 413 to more than 16 KiB, whether the length is announced or not', async () => {
    const body = bodyOf({ ...joe, padding: 'x'.repeat(16 * 1024) });
    const announced = await post(path, body, { 'content-length': String(body.length) });
    const streamed = await call(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: new Blob([body]).stream(),
    });
    for (const response of [announced, streamed]) {
      expect(response).toMatchObject({ status: 413, body: { status: 'fail', code: 'body_too_large' } });
    }
    expect(await countRows()).toEqual(nothing);
  });

  it('takes 16 KiB to the byte, whether the length is announced or not', async () => {
    for (const size of [16 * 1024, 16 * 1024 + 1]) {
      const body = bodyOf(joe).padEnd(size);
      const announced = await post(path, body, { 'content-length': String(body.length) });
      const streamed = await call(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: new Blob([body]).stream(),
      });
      const isRefused = [announced, streamed].map(({ body: { code } }) => code === 'body_too_large');
      expect(isRefused).toEqual(size > 16 * 1024 ? [true, true] : [false, false]);
    }
  });

  it.each(['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    'answers 405 to %s, and names the method it has',
    async (method) => {
      const response = await call(path, { method });
      expect(response).toMatchObject({ status: 405, body: { status: 'fail', code: 'method_not_allowed' } });
      expect(response.headers.get('allow')).toBe('POST');
    },
  );
});

it('calls bytes that are not UTF-8 no JSON, in which two passwords would look the same', async () => {
  const body = Uint8Array.from([
    ...new TextEncoder().encode(`{"email":"${joe.email}","password":"correct horse`),
    0xff,
    0x22,
    0x7d,
  ]);
  const response = await call('/auth/register', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  expect(response).toMatchObject({ status: 400, body: { code: 'malformed_json' } });
  expect(await countRows()).toEqual(nothing);
});

it('ignores fields that it does not know, and takes the last of two of one name', async () => {
  const body = `{"admin":true,"email":"jane@gmail.com","email":"${joe.email}","password":"${joe.password}"}`;
  expect(await post('/auth/register', body)).toMatchObject({ status: 201 });
  expect(await register()).toMatchObject({ status: 202 });
});

it.each([
  'application/json; charset=utf-8',
  'application/json ;charset=utf-8',
  'application/json;charset="UTF-8"',
  'application/json; charset=us-ascii',
  'application/json; charset=ISO-8859-1',
  'application/json;',
  'application/json ; ',
  'application/json;;a=b;',
  'application/json; odata.metadata=minimal; IEEE754Compatible=true',
  'application/json; profile="https://example.org/a;b, \\"c\\""',
  'Application/JSON',
])('takes JSON of the type %s', async (type) => {
  expect(await post('/auth/register', joe, { 'content-type': type })).toMatchObject({ status: 201 });
  expect(await post('/auth/login', { ...joe, password: 7 }, { 'content-type': type })).toMatchObject({
    status: 400,
    body: { code: 'invalid_request', errors: [{ path: 'password' }] },
  });
});

it.each([
  ['utf-16le', Uint16Array],
  ['ISO-8859-1', Uint8Array],
])('calls what is only %s no JSON, whatever its type says', async (charset, Units) => {
  const text = `{"email":"${joe.email}","password":"corréct horse"}`;
  const units = Units.from(Array.from(text, (character) => character.charCodeAt(0)));
  const response = await call('/auth/register', {
    method: 'POST',
    headers: { 'content-type': `application/json; charset=${charset}` },
    body: units,
  });
  expect(response).toMatchObject({ status: 400, body: { code: 'malformed_json' } });
  expect(await countRows()).toEqual(nothing);
});

it.each([
  '/',
  '/auth',
  '/auth/',
  '/auth/register/',
  '/Auth/register',
  '/auth//register',
  '/auth/%72egister/x',
  '/admin',
  '/.env',
  '/.git/HEAD',
])('answers 404 to %s', async (path) => {
  const response = await post(path, joe);
  expect(response).toMatchObject({ status: 404, body: { status: 'fail', code: 'not_found' } });
  expect(await countRows()).toEqual(nothing);
});

describe('a body that no route reads', () => {
  /** One that never comes. */
  const missing = () => new ReadableStream<Uint8Array>({ pull: () => new Promise<void>(() => undefined) });
  const announced = { 'content-length': String(17 * 1024), 'content-type': 'text/plain' };

  it.each([
    ['GET', '/health', 200],
    ['HEAD', '/health', 200],
    ['GET', '/auth/verify', 401],
    ['HEAD', '/auth/verify', 401],
    ['GET', '/.well-known/jwks.json', 200],
    ['GET', '/nowhere', 404],
  ])('is not refused when %s %s announces it', async (method, path, status) => {
    expect(await call(path, { method, headers: announced })).toMatchObject({ status });
  });

  it.each([
    ['POST', '/auth/verify', 405],
    ['PUT', '/auth/login', 405],
    ['DELETE', `/auth/sessions/${crypto.randomUUID()}`, 401],
    ['OPTIONS', '/auth/login', 405],
    ['POST', '/nowhere', 404],
    ['DELETE', '/nowhere', 404],
  ])('is not waited for, or refused, when it comes with %s %s', async (method, path, status) => {
    expect(await call(path, { method, headers: announced, body: missing() })).toMatchObject({ status });
    expect(await call(path, { method, headers: announced, body: 'x'.repeat(17_000) })).toMatchObject({ status });
  });

  it('is not waited for by a preflight, or when a limit is reached', async () => {
    const { call } = startService({ env: { CORS_ORIGINS: '*', RATE_LIMITS: 'on', LIMIT_CREDENTIALS: noneLeft } });
    const headers = { ...announced, origin: 'https://a.example', 'access-control-request-method': 'POST' };
    expect(await call('/auth/login', { method: 'OPTIONS', headers, body: missing() })).toMatchObject({ status: 204 });
    expect(await call('/auth/login', { method: 'POST', headers, body: missing() })).toMatchObject({ status: 429 });
  });
});

it.each(declaredRoutes.filter(({ takes }) => takes !== undefined))(
  'answers 413 to more than 16 KiB at $method $path, whether the length is announced or not',
  async ({ method, path, guard, takes = '' }) => {
    const { call, register } = startClients();
    const body = 'x'.repeat(16 * 1024 + 1);
    const headers = {
      'content-type': takes,
      ...(guard === 'accessToken' && bearer(tokensOf(await register()).access)),
    };
    const responses = await Promise.all([
      call(path, { method, headers: { ...headers, 'content-length': String(body.length) }, body }),
      call(path, { method, headers, body: new Blob([body]).stream() }),
    ]);
    expect(responses.map(({ status }) => status)).toEqual([413, 413]);
  },
);

it('names GET and HEAD where it has both', async () => {
  const response = await call('/auth/status', { method: 'POST' });
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe('GET, HEAD');
  expect(await call('/health', { method: 'HEAD' })).toMatchObject({ status: 200, body: {} });
});

it('never shows what it was sent', async () => {
  const secret = 'hunter2-hunter2';
  const responses = await Promise.all([
    post('/auth/register', { email: `${secret}@`, password: { [secret]: secret } }),
    post('/auth/register', `{"email": ${secret}`),
    post('/auth/login', { email: `${secret}@gmail.com`, password: secret }),
    call(`/${secret}?${secret}=${secret}`, { headers: { authorization: `Bearer ${secret}` } }),
  ]);
  for (const { body } of responses) expect(JSON.stringify(body)).not.toContain('hunter2');
});

it('is what the Worker serves', async () => {
  const response = await exports.default.fetch('http://localhost/auth/status');
  expect(response.status).toBe(401);
});
