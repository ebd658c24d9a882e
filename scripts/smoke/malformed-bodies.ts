import { type MalformedRequest, post } from './malformed-request.ts';
import { noise, pick, type Random } from './seeded-random.ts';

const right = { email: 'malformed@gmail.com', password: 'correct horse' };

/** What is no JSON. */
export function brokenJson(random: Random): MalformedRequest {
  const text = JSON.stringify(right);
  const cut = text.slice(0, Math.floor(random() * (text.length - 1)));
  return post(
    jsonPath(random),
    pick(random, [cut, `${cut}\u0000}`, noise(random, 200), '['.repeat(random() * 16_000), `{${text}`]),
  );
}

/** Credentials of which a field is missing, or is no text. */
export function wrongFields(random: Random): MalformedRequest {
  const value = pick(random, [null, 0, 1e308, true, [], {}, [right.email], { email: right.email }, '', '\0', '\ud800']);
  const field: keyof typeof right = pick(random, ['email', 'password']);
  const body = pick<unknown>(random, [
    { ...right, [field]: value },
    { [field]: right[field] },
    value,
    [right],
    { Email: 1 },
  ]);
  return post(credentialsPath(random), JSON.stringify(body));
}

/** An e-mail address that is none. */
export function wrongAddress(random: Random): MalformedRequest {
  const inside = noise(random, 20).replaceAll('@', '');
  const email = pick(random, [
    inside,
    `${inside}@`,
    `@${inside}`,
    `a@${inside}@b`,
    `a@b`,
    `a b@${inside}.org`,
    `${'x'.repeat(300)}@a.org`,
    `a@${'\u4f8b'.repeat(5000)}.org`,
    'a@xn--ab-m1t.org',
  ]);
  return post(credentialsPath(random), JSON.stringify({ ...right, email }));
}

/** A password that is too short, too long or not text that can be hashed. */
export function wrongPassword(random: Random): MalformedRequest {
  const password = pick(random, [
    '',
    'x'.repeat(257),
    `${noise(random, 5)}\0`,
    '\udc00correct horse',
    '🔑'.repeat(300),
    'e\u0323\u0301'.repeat(2000),
  ]);
  return post(credentialsPath(random), JSON.stringify({ ...right, password }));
}

/** JSON that is called something else. */
export function wrongContentType(random: Random): MalformedRequest {
  const type = pick(random, [
    'text/plain',
    'text/json',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'x',
    'application/jsonp',
    'application/json, application/json',
    'application/json charset=utf-8',
    'application/json; charset="utf-8',
  ]);
  return {
    path: jsonPath(random),
    init: { method: 'POST', headers: { 'content-type': type }, body: JSON.stringify(right) },
  };
}

/** More than 16 KiB. */
export function tooLarge(random: Random): MalformedRequest {
  const padding = 'x'.repeat(16_384 + random() * 50_000);
  return post(jsonPath(random), pick(random, [padding, JSON.stringify({ ...right, padding }), '['.repeat(20_000)]));
}

const credentialsPath = (random: Random) => pick(random, ['/auth/register', '/auth/login']);
const jsonPath = (random: Random) => pick(random, ['/auth/register', '/auth/login', '/auth/refresh']);
