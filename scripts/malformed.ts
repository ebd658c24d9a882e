/** One request that the service must refuse. */
export type MalformedRequest = { path: string; init: RequestInit & { headers: Record<string, string> } };

type Random = () => number;

const JSON_TYPE = { 'content-type': 'application/json' };
const right = { email: 'malformed@gmail.com', password: 'correct horse' };

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
];

function brokenJson(random: Random): MalformedRequest {
  const text = JSON.stringify(right);
  const cut = text.slice(0, Math.floor(random() * (text.length - 1)));
  return post(
    credentialsPath(random),
    pick(random, [cut, `${cut}\u0000}`, noise(random, 200), '['.repeat(random() * 16_000), `{${text}`]),
  );
}

function wrongFields(random: Random): MalformedRequest {
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

function wrongAddress(random: Random): MalformedRequest {
  const inside = noise(random, 20).replaceAll('@', '');
  const email = pick(random, [
    inside,
    `${inside}@`,
    `@${inside}`,
    `a@${inside}@b`,
    `a@b`,
    `a b@${inside}.org`,
    `${'x'.repeat(300)}@a.org`,
  ]);
  return post(credentialsPath(random), JSON.stringify({ ...right, email }));
}

function wrongPassword(random: Random): MalformedRequest {
  const password = pick(random, [
    '',
    'x'.repeat(257),
    `${noise(random, 5)}\0`,
    '\udc00correct horse',
    '🔑'.repeat(300),
  ]);
  return post(credentialsPath(random), JSON.stringify({ ...right, password }));
}

function wrongContentType(random: Random): MalformedRequest {
  const type = pick(random, [
    'text/plain',
    'text/json',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'x',
    'application/jsonp',
  ]);
  return {
    path: credentialsPath(random),
    init: { method: 'POST', headers: { 'content-type': type }, body: JSON.stringify(right) },
  };
}

function tooLarge(random: Random): MalformedRequest {
  const padding = 'x'.repeat(16_384 + random() * 50_000);
  return post(
    credentialsPath(random),
    pick(random, [padding, JSON.stringify({ ...right, padding }), '['.repeat(20_000)]),
  );
}

function wrongMethod(random: Random): MalformedRequest {
  const path = pick(random, ['/auth/register', '/auth/login', '/auth/logout', '/auth/status', '/health', '/ready']);
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

function wrongAuthorization(random: Random): MalformedRequest {
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

function wrongToken(random: Random): MalformedRequest {
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

function authorized(random: Random, authorization: string): MalformedRequest {
  const isLogout = random() < 0.5;
  return {
    path: isLogout ? '/auth/logout' : '/auth/status',
    init: { method: isLogout ? 'POST' : 'GET', headers: { authorization } },
  };
}

const post = (path: string, body: string): MalformedRequest => ({
  path,
  init: { method: 'POST', headers: JSON_TYPE, body },
});

const credentialsPath = (random: Random) => pick(random, ['/auth/register', '/auth/login']);

function pick<const T>(random: Random, options: readonly [T, ...T[]]): T {
  return options[Math.floor(random() * options.length)] ?? options[0];
}

function noise(random: Random, length: number): string {
  const limit = pick(random, [0x7f, 0xff, 0xffff, 0x10ffff]);
  return Array.from({ length: 1 + random() * length }, () => String.fromCodePoint(Math.floor(random() * limit))).join(
    '',
  );
}

/** Mulberry32: small, and the same everywhere. */
function seededRandom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
