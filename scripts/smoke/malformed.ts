import {
  brokenJson,
  tooLarge,
  wrongAddress,
  wrongContentType,
  wrongFields,
  wrongPassword,
} from './malformed-bodies.ts';
import { JSON_TYPE, type MalformedRequest, SESSION_ID } from './malformed-request.ts';
import { wrongAuthorization, wrongClient, wrongRefreshToken, wrongToken } from './malformed-tokens.ts';
import { noise, pick, type Random, seededRandom } from './seeded-random.ts';

/** The `index`-th of endlessly many malformed requests: the same one at every run. */
export function malformedRequest(index: number): MalformedRequest {
  const random = seededRandom(index);
  const kind = kinds[index % kinds.length] ?? brokenJson;
  return kind(random);
}

const kinds = [
  brokenJson,
  wrongFields,
  wrongAddress,
  wrongPassword,
  wrongContentType,
  tooLarge,
  wrongMethod,
  wrongPath,
  wrongAuthorization,
  wrongToken,
  wrongRefreshToken,
  wrongClient,
];

function wrongMethod(random: Random): MalformedRequest {
  const path = pick(random, [
    '/auth/register',
    '/auth/login',
    '/auth/refresh',
    '/auth/logout',
    '/auth/status',
    '/auth/sessions',
    `/auth/sessions/${SESSION_ID}`,
    '/auth/verify',
    '/oauth/introspect',
    '/oauth/revoke',
    '/health',
    '/ready',
  ]);
  return {
    path,
    init: { method: pick(random, ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'REPORT']), headers: {} },
  };
}

function wrongPath(random: Random): MalformedRequest {
  const odd = encodeURIComponent(noise(random, 30).toWellFormed());
  const path = pick(random, [
    `/${odd}`,
    `/auth/${odd}`,
    `/oauth/${odd}`,
    '/auth/register/',
    '//auth/login',
    '/auth/%6cogin/..%2f',
    '/auth/register;x',
    `/x?${odd}`,
    '/%',
    '/%ff%fe',
    '/.env',
  ]);
  return { path, init: { method: pick(random, ['GET', 'POST', 'DELETE']), headers: JSON_TYPE } };
}
