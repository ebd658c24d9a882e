import { describe, expect, it } from 'vitest';
import { basic, client, hashOf, startClients } from '../../support/clients.ts';
import { startService } from '../../support/service.ts';

const { send, call } = startClients();
const form = { token: 'a.b.c' };
const ok = { status: 200 };
const invalidClient = { status: 401, body: { error: 'invalid_client' } };
const invalidRequest = { status: 400, body: { error: 'invalid_request' } };

describe.each(['/oauth/introspect', '/oauth/revoke'])('a client at %s', (path) => {
  it('authenticates by header or form, with any of its secrets', async () => {
    expect(await send(path, form, basic())).toMatchObject(ok);
    expect(await send(path, form, basic({ ...client, secret: 'an older secret' }))).toMatchObject(ok);
    expect(await send(path, form, { authorization: basic().authorization.replace('Basic', 'bASIC ') })).toMatchObject(
      ok,
    );
    expect(await send(path, { ...form, client_id: client.id, client_secret: client.secret }, {})).toMatchObject(ok);
    expect(await send(path, { ...form, client_id: client.id }, basic())).toMatchObject(ok);
    const encoded = { id: 'orders%2Eapi', secret: 'an+older%20secret' };
    expect(await send(path, form, basic(encoded))).toMatchObject(ok);
  });

  it.each([
    ['no credentials', {}, {}],
    ['no secret', {}, { client_id: client.id }],
    ['no id', {}, { client_secret: client.secret }],
    ['an unknown id', basic({ ...client, id: 'nobody' }), {}],
    ['a part of its id', basic({ ...client, id: 'orders' }), {}],
    ['its id in capitals', basic({ ...client, id: 'ORDERS.API' }), {}],
    ['a space after its id', basic({ ...client, id: 'orders.api+' }), {}],
    ['a NUL after its id', basic({ ...client, id: 'orders.api%00' }), {}],
    ['a space before its id, in the form', {}, { client_id: ` ${client.id}`, client_secret: client.secret }],
    ['a wrong secret', basic({ ...client, secret: 'wrong' }), {}],
    ['no secret in the header', basic({ ...client, secret: '' }), {}],
    ['the secret of another', basic({ ...client, secret: 'b' }), {}],
    ['the hash for the secret', basic({ ...client, secret: hashOf(client.secret) }), {}],
    ['another scheme', { authorization: 'Bearer a.b.c' }, {}],
    ['a broken header', { authorization: 'Basic !' }, {}],
    ['a header without a colon', { authorization: `Basic ${btoa('orders.api')}` }, {}],
    ['a broken encoding', basic({ ...client, id: '%zz' }), {}],
    ['a header that is too long', basic({ ...client, secret: 'a'.repeat(4096) }), {}],
  ])('is refused with %s', async (_, headers, more) => {
    const response = await send(path, { ...form, ...more }, headers);
    expect(response).toMatchObject(invalidClient);
    expect(Object.keys(response.body)).toEqual(['error', 'error_description']);
    expect(response.headers.get('www-authenticate')).toBe('Basic realm="latchkey", charset="UTF-8"');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('gets invalid_request for two sets of credentials, a repeated parameter or a missing token', async () => {
    expect(await send(path, { ...form, client_secret: client.secret }, basic())).toMatchObject(invalidRequest);
    expect(await send(path, { ...form, client_id: 'other' }, basic())).toMatchObject(invalidRequest);
    expect(await send(path, 'token=a&token=b', basic())).toMatchObject(invalidRequest);
    expect(await send(path, 'token=a&token=a', basic())).toMatchObject(invalidRequest);
    expect(await send(path, 'token=a&unknown=1&unknown=2', basic())).toMatchObject(invalidRequest);
    const twice = `client_id=${client.id}&client_secret=${client.secret}&client_secret=wrong`;
    expect(await send(path, `token=a&${twice}`, {})).toMatchObject(invalidRequest);
    expect(await send(path, {}, basic())).toMatchObject({
      status: 400,
      body: { error: 'invalid_request', error_description: 'The request is not valid. token: Is missing.' },
    });
  });

  it.each(['application/json', 'multipart/form-data; boundary=a', 'text/plain', ''])(
    'gets 415 for the content type %j',
    async (type) => {
      const response = await send(path, form, { ...basic(), 'content-type': type });
      expect(response).toMatchObject({ status: 415, body: { error: 'invalid_request' } });
    },
  );

  it.each([
    'application/x-www-form-urlencoded; charset=utf-8',
    'application/x-www-form-urlencoded ; charset=utf-8',
    'application/x-www-form-urlencoded; charset=ISO-8859-1',
    'application/x-www-form-urlencoded;charset="us-ascii"',
    'application/x-www-form-urlencoded;',
    'Application/X-WWW-Form-URLencoded; a.b=c',
  ])('may send the content type %s', async (type) => {
    expect(await send(path, form, { ...basic(), 'content-type': type })).toMatchObject(ok);
  });

  it.each([
    'application/x-www-form-urlencoded charset=utf-8',
    'application/x-www-form-urlencoded; charset="utf-8',
    'application/x-www-form-urlencoded, application/json',
  ])('learns which content type to send instead of %s', async (type) => {
    expect(await send(path, form, { ...basic(), 'content-type': type })).toMatchObject({
      status: 415,
      body: { error_description: 'Send the body as application/x-www-form-urlencoded.' },
    });
  });

  it('gets 415 when it sends no content type', async () => {
    const body = new TextEncoder().encode('token=a');
    const response = await call(path, { method: 'POST', headers: basic(), body });
    expect(response).toMatchObject({ status: 415, body: { error: 'invalid_request' } });
    expect(await call(path, { method: 'POST', headers: basic() })).toMatchObject({ status: 415 });
  });

  it('omits a parameter by giving it an empty value', async () => {
    const none = { client_id: '', client_secret: '', token_type_hint: '' };
    expect(await send(path, { ...form, ...none }, basic())).toMatchObject(ok);
    expect(await send(path, 'token=&token=a.b.c&client_secret', basic())).toMatchObject(ok);
    expect(await send(path, { ...form, ...none }, {})).toMatchObject(invalidClient);
    for (const empty of ['token=', 'token', 'token=&token=', '']) {
      expect(await send(path, empty, basic())).toMatchObject({
        status: 400,
        body: { error: 'invalid_request', error_description: 'The request is not valid. token: Is missing.' },
      });
    }
  });

  it('gets invalid_request for octets that are not UTF-8, encoded or not', async () => {
    expect(await send(path, new Uint8Array([116, 111, 107, 101, 110, 61, 255]), basic())).toMatchObject(invalidRequest);
    expect(await send(path, 'token=a&client_secret=caf%E9', {})).toMatchObject(invalidRequest);
  });

  it('gets every other error in the shape of RFC 6749', async () => {
    expect(await send(path, `token=${'a'.repeat(17_000)}`, basic())).toMatchObject({
      status: 413,
      body: { error: 'invalid_request' },
    });
    const wrongMethod = await call(path);
    expect(wrongMethod).toMatchObject({ status: 405, body: { error: 'invalid_request' } });
    expect(wrongMethod.headers.get('allow')).toBe('POST');
    expect(await startService({ env: { SECRET_KEY: '' } }).call(path, { method: 'POST' })).toMatchObject({
      status: 503,
      body: { error: 'temporarily_unavailable' },
    });
  });

  it('is refused when no client is configured', async () => {
    const { send } = startClients({ env: { OAUTH_CLIENTS: undefined } });
    expect(await send(path, form, basic())).toMatchObject(invalidClient);
    expect(await startClients({ env: { OAUTH_CLIENTS: '' } }).send(path, form, basic())).toMatchObject(invalidClient);
  });
});

describe('an unknown OAuth route', () => {
  it('responds with 404 in the envelope of all other routes', async () => {
    expect(await send('/oauth/authorize', form, basic())).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });
});
