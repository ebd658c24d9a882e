import { describe, expect, it } from 'vitest';
import { findConfigProblems } from '../../src/config/config.ts';
import { least, limiters } from '../support/least-config.ts';

const base64 = (bytes: number[]) => btoa(String.fromCharCode(...bytes));
const random = base64(Array.from({ length: 32 }, (_, i) => (i * 151 + 7) % 256));
const hash = 'h'.repeat(43);
const jwks = (...changes: object[]) => {
  const key = {
    kid: 'a',
    alg: 'ES256',
    kty: 'EC',
    crv: 'P-256',
    x: 'x'.repeat(43),
    y: 'y'.repeat(43),
    d: 'd'.repeat(43),
  };
  return JSON.stringify({ keys: changes.map((change) => ({ ...key, ...change })) });
};

describe.each([
  [
    'ISSUER',
    ['https://auth.example.org', 'http://localhost:8787', 'http://127.0.0.1', 'http://[::1]:1'],
    [
      '',
      'auth.example.org',
      'http://auth.example.org',
      'https://auth.example.org/',
      'https://auth.example.org/path',
      'https://a@auth.example.org',
      'ftp://localhost',
      'https://AUTH.example.org',
    ],
  ],
  ['AUDIENCE', ['a', 'https://api.example.org'], ['', 'two words', 'x'.repeat(256), 5]],
  ['ACCESS_TOKEN_TTL_SECONDS', ['1', '5', '86400', 900], ['0', '-1', '86401', '1.5', '1e3', ' 5', 'x', '', true]],
  ['REFRESH_IDLE_TTL_SECONDS', ['900', '7776000'], ['899', '7776001', '']],
  ['REFRESH_ABSOLUTE_TTL_SECONDS', ['2592000', '31622400'], ['2591999', '31622401']],
  ['REFRESH_GRACE_SECONDS', ['0', '10', '300'], ['-1', '301', '0.5', '']],
  ['PBKDF2_ITERATIONS', ['1000', '600000', '10000000'], ['999', '10000001', '600,000']],
  ['PASSWORD_MIN_LENGTH', ['1', '64'], ['0', '65']],
  [
    'CORS_ORIGINS',
    [
      '',
      '*',
      'https://a.example',
      'https://a.example, http://localhost:3000',
      'capacitor://localhost, ionic://localhost,tauri://localhost',
      'chrome-extension://abcdefghijklmnopabcdefghijklmnop',
      'moz-extension://0f4c1b0e-6a0e-4a3c-9d35-3b5a3f6f7a11',
      'safari-web-extension://0F4C1B0E-6A0E-4A3C-9D35-3B5A3F6F7A11',
      'app://-, app://com.example.app, web+shop://shop.example:8080',
      'https://*.preview.example.org',
      'https://*.example.org:8443, http://*.example.org',
      'http://localhost:*, https://localhost:*, http://127.0.0.1:*, http://[::1]:*',
    ],
    [
      'a.example',
      'https://a.example/',
      'https://a.example/path',
      'https://A.example',
      'https://a.example:443',
      'https://joe@a.example',
      'null',
      'https://*',
      'https://*.org',
      'https://*.org.',
      'https://*.org:8443',
      'https://*.localhost',
      'https://*.Example.org',
      'https://*.*.example.org',
      'https://a*.example.org',
      'https://*a.example.org',
      'https://a.*.example.org',
      'https://*.1.2.3',
      'https://*.[::1]',
      'https://*.example.org:*',
      'https://*.example.org/',
      'https://a.example:*',
      'http://localhost.example.org:*',
      'http://127.0.0.2:*',
      'http://localhost:*/',
      '*://localhost',
      'capacitor://*',
      'capacitor://localhost/',
      'capacitor://localhost:*',
      'capacitor:localhost',
      'capacitor://',
      'Capacitor://localhost',
      'HTTPS://a.example',
      'file://',
      'file://localhost',
      'data://a',
      'javascript://a',
      'ws://a.example',
      5,
    ],
  ],
  [
    'CORS_HEADERS',
    ['', 'sentry-trace', 'sentry-trace, baggage,traceparent', "X-!#$%&'*+.^_`|~9"],
    ['*', 'a, *', 'two words', 'a:b', 'a;b', '"a"', 'ä', 'a\nb', 'x'.repeat(65), 5],
  ],
  [
    'SECRET_KEY',
    [random, base64(Array.from({ length: 64 }, (_, i) => i * 3))],
    [
      '',
      'secret',
      random.slice(0, -4),
      base64(Array.from({ length: 32 }, () => 0)),
      base64(Array.from({ length: 32 }, (_, i) => i % 8)),
      btoa('a passphrase that is long enough but no random bytes'),
      `${random}!`,
    ],
  ],
  [
    'PASSWORD_PEPPER',
    [`a:${random}`, `b-2:${random},a:${random}`],
    ['', random, `a:${random.slice(0, -4)}`, `A:${random}`, `a:${random},`, `a:${random},a:${random}`],
  ],
  [
    'OAUTH_CLIENTS',
    ['', `api:${hash}`, `api:${hash},api:${hash}`, `a.b-c_D:${hash}, b:${hash}`],
    [
      'api',
      hash,
      `api:${hash}=`,
      `api:${hash.slice(1)}`,
      `:${hash}`,
      `a b:${hash}`,
      `-a:${hash}`,
      `.a:${hash}`,
      `api:secret`,
    ],
  ],
  [
    'SIGNING_KEYS',
    [jwks({}), jwks({}, { kid: 'b' }), jwks({ alg: 'EdDSA' }), jwks({ alg: 'RS256' })],
    [
      '',
      'x',
      '{}',
      '[]',
      '{"keys":[]}',
      jwks({ kid: undefined }),
      jwks({ kid: '' }),
      jwks({}, {}),
      jwks({ alg: 'HS256' }),
      jwks({ alg: 'none' }),
      jwks({ alg: undefined }),
      jwks({ d: undefined }),
    ],
  ],
  [
    'TURSO_DATABASE_URL',
    [
      '',
      'libsql://latchkey-joe.turso.io',
      'https://latchkey-joe.turso.io/',
      'https://db.example.org:8443',
      'http://localhost:8080',
      'http://127.0.0.1:8080',
    ],
    [
      'latchkey-joe.turso.io',
      'http://latchkey-joe.turso.io',
      'wss://latchkey-joe.turso.io',
      'file:local.db',
      ':memory:',
      'libsql://',
      'libsql://latchkey-joe.turso.io?authToken=a.b.c',
      'libsql://joe:secret@latchkey-joe.turso.io',
      'https://latchkey-joe.turso.io/path',
      'https://latchkey-joe.turso.io#a',
      'libsql://a%20b',
      'libsql://joe%3Asecret%40latchkey-joe.turso.io',
      'libsql://latchkey-joe.turso.io%2Fpath',
      'libsql://999.999.999.999',
      'http://localhost.example.org',
      'http://localhost\\.example.org',
      'https://a\\b',
      'LIBSQL://latchkey-joe.turso.io',
    ],
  ],
  ['DB', [least.DB, {}], [undefined, null, 'DB']],
  ['DENYLIST', [least.DENYLIST, {}], [undefined, null, 'DENYLIST']],
  ['PASSWORD_MAX_LENGTH', ['64', '256'], ['63', '257', 'many']],
  ['PASSWORD_COMMON', ['refuse', 'allow'], ['', 'on', 'Refuse']],
  ['PASSWORD_BREACH_CHECK', ['off', 'fail-open', 'fail-closed'], ['', 'on', 'open']],
  [
    'PASSWORD_BREACH_URL',
    ['https://api.pwnedpasswords.com/range/', 'https://mirror.example:8443/', 'http://127.0.0.1:9000/range/'],
    [
      '',
      'https://api.pwnedpasswords.com/range',
      'http://mirror.example/',
      'https://a@b.example/',
      'https://b.example/?/',
    ],
  ],
  ['RATE_LIMITS', ['on', 'off'], ['', 'On', 'true', '0']],
  ...Object.keys(limiters).map((name): [string, unknown[], unknown[]] => [name, [{}], [undefined, null, name]]),
] as [string, unknown[], unknown[]][])('%s', (field, right, wrong) => {
  it.each(right.map((value) => [value]))('accepts %j', (value) => {
    expect(findConfigProblems({ ...least, [field]: value })).toEqual([]);
  });

  it.each(wrong.map((value) => [value]))('refuses %j', (value) => {
    const problems = findConfigProblems({ ...least, [field]: value });
    expect(problems.length).toBe(1);
    expect(problems[0]?.problem).toMatch(/^(must|is) /);
  });
});
