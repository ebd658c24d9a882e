import { describe, expect, it } from 'vitest';
import { countRows, joe, startService } from '../../support/service.ts';

const { call, post, register } = startService();

const nothing = { users: 0, sessions: 0 };
const bodyOf = (value: unknown) => JSON.stringify(value);

describe.each(['/auth/register', '/auth/login'])('POST %s', (path) => {
  it.each([
    ['nothing', ''],
    ['half an object', '{"email":"joe@gmail.com"'],
    ['a word', 'hello'],
    ['a form', 'email=joe@gmail.com&password=123456'],
    ['a single quote', "{'email':'joe@gmail.com'}"],
    ['a trailing comma', '{"email":"joe@gmail.com","password":"correct horse",}'],
    ['deep nesting, unclosed', '['.repeat(16_000)],
  ])('responds with malformed_json to %s', async (_, body) => {
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
  ])('responds to %s with invalid_request and the fields that are wrong', async (_, body, paths) => {
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
  ])('refuses the e-mail address %j', async (email) => {
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
  ])('responds with 415 to the content type %s', async (type) => {
    const response = await post(path, joe, { 'content-type': type });
    expect(response).toMatchObject({ status: 415, body: { status: 'fail', code: 'unsupported_media_type' } });
    expect(await countRows()).toEqual(nothing);
  });

  it('responds with 415 to a compressed body', async () => {
    const response = await post(path, joe, { 'content-encoding': 'gzip' });
    expect(response).toMatchObject({ status: 415, body: { status: 'fail', code: 'unsupported_media_type' } });
    expect(await countRows()).toEqual(nothing);
  });

  it('responds with 415 to an empty content type', async () => {
    const response = await post(path, joe, { 'content-type': '' });
    expect(response).toMatchObject({ status: 415, body: { status: 'fail', code: 'unsupported_media_type' } });
  });

  it('responds with invalid_request when there is neither a body nor a content type', async () => {
    const response = await call(path, { method: 'POST' });
    expect(response).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });

  it('responds with 415 to a body without a content type', async () => {
    const response = await call(path, { method: 'POST', body: new Blob([bodyOf(joe)]).stream() });
    expect(response).toMatchObject({ status: 415, body: { status: 'fail', code: 'unsupported_media_type' } });
    expect(await countRows()).toEqual(nothing);
  });

  it('responds with 413 to more than 16 KiB, with and without Content-Length', async () => {
    const body = bodyOf({ ...joe, padding: 'x'.repeat(16 * 1024) });
    const announced = await post(path, body, { 'content-length': String(body.length) });
    const understated = await post(path, body, { 'content-length': '1' });
    const streamed = await call(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: new Blob([body]).stream(),
    });
    for (const response of [announced, understated, streamed]) {
      expect(response).toMatchObject({ status: 413, body: { status: 'fail', code: 'body_too_large' } });
    }
    expect(await countRows()).toEqual(nothing);
  });

  it('accepts exactly 16 KiB, with and without Content-Length', async () => {
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
    'responds with 405 to %s and names its method',
    async (method) => {
      const response = await call(path, { method });
      expect(response).toMatchObject({ status: 405, body: { status: 'fail', code: 'method_not_allowed' } });
      expect(response.headers.get('allow')).toBe('POST');
    },
  );
});

describe('a JSON body', () => {
  it('is malformed when it is not UTF-8, because two passwords could look the same', async () => {
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

  it('may have unknown fields, and the last of two fields with one name counts', async () => {
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
  ])('is accepted with the content type %s', async (type) => {
    expect(await post('/auth/register', joe, { 'content-type': type })).toMatchObject({ status: 201 });
    expect(await post('/auth/login', { ...joe, password: 7 }, { 'content-type': type })).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', errors: [{ path: 'password' }] },
    });
  });

  it.each([
    ['utf-16le', Uint16Array],
    ['ISO-8859-1', Uint8Array],
  ])('is malformed in %s, even if its content type says so', async (charset, Units) => {
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
});
