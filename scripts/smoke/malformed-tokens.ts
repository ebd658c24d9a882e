import { type MalformedRequest, post, SESSION_ID } from './malformed-request.ts';
import { noise, pick, type Random } from './seeded-random.ts';

const FORM_TYPE = 'application/x-www-form-urlencoded';

/** A header that holds no bearer token. */
export function wrongAuthorization(random: Random): MalformedRequest {
  const authorization = pick(random, [
    '',
    'Bearer',
    'Bearer  ',
    'Basic YTpi',
    'bearer\ta',
    'Bearer a b',
    'Bearer =',
    'Digest x',
    '\u00e9',
    `Bearer ${'A'.repeat(5000)}`,
  ]);
  return authorized(random, authorization);
}

/** A bearer token that is no access token. */
export function wrongToken(random: Random): MalformedRequest {
  const part = () =>
    Buffer.from(
      pick(random, ['{}', '[]', 'x', '{"alg":"none"}', '{"alg":"ES256","kid":"a"}', noise(random, 40)]),
    ).toString('base64url');
  const token = pick(random, [
    part(),
    `${part()}.${part()}`,
    `${part()}.${part()}.${part()}`,
    `${part()}.${part()}.`,
    `..${part()}`,
    '...',
  ]);
  return authorized(random, `Bearer ${token}`);
}

/** A refresh with a token that is none. */
export function wrongRefreshToken(random: Random): MalformedRequest {
  const token = pick(random, [
    '',
    '..',
    noise(random, 100),
    `${SESSION_ID}.0.${'A'.repeat(43)}`,
    `${SESSION_ID}.${random() * 2 ** 60}.${'A'.repeat(43)}`,
    `${SESSION_ID}.-1.${'='.repeat(43)}`,
    'A'.repeat(10_000),
  ]);
  const body = pick<unknown>(random, [
    { refresh_token: token },
    { refresh_token: [token] },
    { refresh_token: null },
    { refreshToken: token },
    [token],
    token,
  ]);
  return post('/auth/refresh', JSON.stringify(body));
}

/** An OAuth request without the credentials of a client, if it is one at all. */
export function wrongClient(random: Random): MalformedRequest {
  const type = pick(random, [FORM_TYPE, FORM_TYPE, 'application/json', 'multipart/form-data', 'text/plain']);
  const authorization = pick(random, [
    undefined,
    'Basic',
    'Basic !',
    `Basic ${Buffer.from(noise(random, 20)).toString('base64')}`,
    'Basic c21va2U6',
    'Bearer a.b.c',
  ]);
  const body = pick(random, [
    '',
    'token=x',
    'token=x&token=y',
    'token=&client_id=&client_secret=',
    'token=x&client_id=smoke&client_secret=x',
    '{"token":"x"}',
    noise(random, 50),
  ]);
  const headers = { 'content-type': type, ...(authorization !== undefined && { authorization }) };
  return { path: pick(random, ['/oauth/introspect', '/oauth/revoke']), init: { method: 'POST', headers, body } };
}

function authorized(random: Random, authorization: string): MalformedRequest {
  const { method, path } = pick<{ method: string; path: string }>(random, [
    { method: 'GET', path: '/auth/status' },
    { method: 'GET', path: '/auth/verify' },
    { method: 'GET', path: '/auth/sessions' },
    { method: 'DELETE', path: `/auth/sessions/${SESSION_ID}` },
    { method: 'POST', path: '/auth/logout' },
    { method: 'POST', path: '/auth/logout?scope=x' },
  ]);
  return { path, init: { method, headers: { authorization } } };
}
