import { exports } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { countRows, joe, startService } from '../support/service.ts';

const { call, post, register } = startService();

const nothing = { users: 0, sessions: 0 };
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
    const answer = await post(path, body);
    expect(answer).toMatchObject({ status: 400, body: { status: 'fail', code: 'malformed_json' } });
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
    const answer = await post(path, body);
    expect(answer).toMatchObject({ status: 400, body: { status: 'fail', code: 'invalid_request' } });
    const { errors } = answer.body;
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
    const answer = await post(path, { ...joe, email });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request', errors: [{ path: 'email' }] } });
    expect(await countRows()).toEqual(nothing);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/vnd.api+json',
    'application/jsonp',
    'json',
  ])('answers 415 to the type %s', async (type) => {
    const answer = await post(path, joe, { 'content-type': type });
    expect(answer).toMatchObject({ status: 415, body: { status: 'fail', code: 'unsupported_media_type' } });
    expect(await countRows()).toEqual(nothing);
  });

  it('answers 415 to a body that says it is compressed', async () => {
    const answer = await post(path, joe, { 'content-encoding': 'gzip' });
    expect(answer).toMatchObject({ status: 415, body: { status: 'fail', code: 'unsupported_media_type' } });
    expect(await countRows()).toEqual(nothing);
  });

  it('answers 415 to a body without a type', async () => {
    const answer = await call(path, { method: 'POST', body: new Blob([bodyOf(joe)]).stream() });
    expect(answer).toMatchObject({ status: 415, body: { status: 'fail', code: 'unsupported_media_type' } });
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
    for (const answer of [announced, streamed]) {
      expect(answer).toMatchObject({ status: 413, body: { status: 'fail', code: 'body_too_large' } });
    }
    expect(await countRows()).toEqual(nothing);
  });

  it.each(['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    'answers 405 to %s, and names the method it has',
    async (method) => {
      const answer = await call(path, { method });
      expect(answer).toMatchObject({ status: 405, body: { status: 'fail', code: 'method_not_allowed' } });
      expect(answer.headers.get('allow')).toBe('POST');
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
  const answer = await call('/auth/register', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  expect(answer).toMatchObject({ status: 400, body: { code: 'malformed_json' } });
  expect(await countRows()).toEqual(nothing);
});

it('ignores fields that it does not know, and takes the last of two of one name', async () => {
  const body = `{"admin":true,"email":"jane@gmail.com","email":"${joe.email}","password":"${joe.password}"}`;
  expect(await post('/auth/register', body)).toMatchObject({ status: 201 });
  expect(await register()).toMatchObject({ status: 202 });
});

it('takes JSON with a charset', async () => {
  const answer = await post('/auth/register', joe, { 'content-type': 'application/json; charset=utf-8' });
  expect(answer).toMatchObject({ status: 201 });
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
  const answer = await post(path, joe);
  expect(answer).toMatchObject({ status: 404, body: { status: 'fail', code: 'not_found' } });
  expect(await countRows()).toEqual(nothing);
});

it('names GET and HEAD where it has both', async () => {
  const answer = await call('/auth/status', { method: 'POST' });
  expect(answer.status).toBe(405);
  expect(answer.headers.get('allow')).toBe('GET, HEAD');
  expect(await call('/health', { method: 'HEAD' })).toMatchObject({ status: 200, body: {} });
});

it('never shows what it was sent', async () => {
  const secret = 'hunter2-hunter2';
  const answers = await Promise.all([
    post('/auth/register', { email: `${secret}@`, password: { [secret]: secret } }),
    post('/auth/register', `{"email": ${secret}`),
    post('/auth/login', { email: `${secret}@gmail.com`, password: secret }),
    call(`/${secret}?${secret}=${secret}`, { headers: { authorization: `Bearer ${secret}` } }),
  ]);
  for (const { body } of answers) expect(JSON.stringify(body)).not.toContain('hunter2');
});

it('is what the Worker serves', async () => {
  const response = await exports.default.fetch('http://localhost/auth/status');
  expect(response.status).toBe(401);
});
