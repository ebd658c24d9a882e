import { describe, expect, it } from 'vitest';
import { env } from 'cloudflare:workers';
import { configNames, findConfigProblems, parseConfig } from '../../src/config/config.ts';
import { least, limiters } from '../support/least-config.ts';

it('has the defaults of production', () => {
  expect(parseConfig(least)).toEqual({
    issuer: least.ISSUER,
    audience: 'latchkey',
    accessTokenTtlSeconds: 900,
    refreshIdleTtlSeconds: 30 * 86_400,
    refreshAbsoluteTtlSeconds: 90 * 86_400,
    refreshGraceSeconds: 30,
    passwordIterations: 600_000,
    passwordMinLength: 8,
    passwordMaxLength: 256,
    mayBeCommon: false,
    breachCheck: 'off',
    breachUrl: 'https://api.pwnedpasswords.com/range/',
    hasRateLimits: true,
    passwordPeppers: [],
    cors: undefined,
    secretKey: least.SECRET_KEY,
    signingKeys: least.SIGNING_KEYS,
    oauthClients: [],
    libsql: undefined,
    hasPlayground: false,
    registration: 'open',
    accountUrl: '',
    verificationTtlSeconds: 86_400,
    passwordResetTtlSeconds: 3600,
    mailCodeTtlSeconds: 600,
    emailUndoTtlSeconds: 7 * 86_400,
    mail: undefined,
    appName: 'Latchkey',
    notices: [
      'password_changed',
      'session_revoked',
      'key_created',
      'factor_added',
      'factor_removed',
      'recovery_codes_made',
      'recovery_code_used',
      'account_deleted',
    ],
    secondFactor: 'optional',
    rpId: 'localhost',
    passkeyOrigins: ['http://localhost'],
    eventRetentionDays: 90,
    userScopes: [{ scope: 'api', role: undefined }],
    resources: [],
  });
});

it('is parsed once for the same values, and anew for others', () => {
  const first = parseConfig({ ...least, DENYLIST: { of: 'one request' } });
  expect(parseConfig({ ...least, DENYLIST: { of: 'another' }, UNKNOWN: '1' })).toBe(first);
  expect(parseConfig({ ...least, AUDIENCE: 'api' }).audience).toBe('api');
  expect(parseConfig(least).audience).toBe('latchkey');
  expect(() => parseConfig({ ...least, DENYLIST: undefined })).toThrow(
    expect.objectContaining({ code: 'misconfigured' }),
  );
  expect(() => parseConfig({ ...least, ISSUER: { toString: () => least.ISSUER } })).toThrow(
    expect.objectContaining({ code: 'misconfigured' }),
  );
  expect(parseConfig(least)).toEqual(first);
});

it('names every field that is wrong, whatever its concern, and shows no value', () => {
  const hunter2 = {
    ISSUER: 'hunter2',
    SECRET_KEY: 'hunter2',
    SIGNING_KEYS: '{"hunter2":2}',
    PBKDF2_ITERATIONS: 'hunter2',
  };
  const problems = findConfigProblems(hunter2);
  expect(problems.map(({ field }) => field)).toEqual([
    'ISSUER',
    'DENYLIST',
    'SECRET_KEY',
    'SIGNING_KEYS',
    'PBKDF2_ITERATIONS',
    'DB',
    ...Object.keys(limiters),
  ]);
  expect(JSON.stringify(problems)).not.toContain('hunter2');
  expect(() => parseConfig(hunter2)).toThrow(expect.objectContaining({ code: 'misconfigured' }));
});

it('checks the rules between the fields of one concern while another concern has a problem', () => {
  const env = { ...least, ISSUER: 'hunter2', ACCESS_TOKEN_TTL_SECONDS: '901', REFRESH_IDLE_TTL_SECONDS: '900' };
  expect(findConfigProblems(env)).toMatchObject([
    { field: 'ISSUER' },
    { field: 'ACCESS_TOKEN_TTL_SECONDS', problem: 'must not be longer than REFRESH_IDLE_TTL_SECONDS' },
  ]);
});

it('knows the name of every variable, secret and binding that the Worker has', () => {
  const ours = Object.keys(env).filter((name) => name !== 'MIGRATIONS' && !name.startsWith('__VITEST_'));
  expect(configNames).toEqual(expect.arrayContaining(ours));
  expect(configNames).toEqual(expect.arrayContaining(['PASSWORD_PEPPER', 'OAUTH_CLIENTS', 'TURSO_AUTH_TOKEN']));
  expect(new Set(configNames).size).toBe(configNames.length);
});

describe('a libSQL database', () => {
  const TURSO_DATABASE_URL = 'libsql://latchkey-joe.turso.io';
  const { DB: _, ...withoutD1 } = least;

  it('replaces D1, which then needs no binding', () => {
    const libsql = { url: TURSO_DATABASE_URL, authToken: undefined };
    expect(parseConfig({ ...withoutD1, TURSO_DATABASE_URL })).toMatchObject({ libsql });
    expect(parseConfig({ ...least, TURSO_DATABASE_URL, TURSO_AUTH_TOKEN: 'a.b-c_d' })).toMatchObject({
      libsql: { ...libsql, authToken: 'a.b-c_d' },
    });
  });

  it.each(['', 'two words', 'a\nb', 'ä', 5])('refuses the token %j', (TURSO_AUTH_TOKEN) => {
    expect(findConfigProblems({ ...least, TURSO_DATABASE_URL, TURSO_AUTH_TOKEN })).toMatchObject([
      { field: 'TURSO_AUTH_TOKEN' },
    ]);
  });

  it('refuses a token without a URL, which would mean D1', () => {
    for (const url of ['', undefined]) {
      const problems = findConfigProblems({ ...least, TURSO_DATABASE_URL: url, TURSO_AUTH_TOKEN: 'a.b.c' });
      expect(problems).toEqual([{ field: 'TURSO_AUTH_TOKEN', problem: 'is set, and TURSO_DATABASE_URL is not' }]);
    }
  });

  it('does not ask for D1 when its own URL is wrong', () => {
    const problems = findConfigProblems({ ...withoutD1, TURSO_DATABASE_URL: 'hunter2' });
    expect(problems).toMatchObject([{ field: 'TURSO_DATABASE_URL' }]);
  });
});

describe('the rate limits', () => {
  const { LIMIT_CREDENTIALS: _, ...withoutOne } = least;

  it('need every limiter while they are on', () => {
    const problem = { field: 'LIMIT_CREDENTIALS', problem: 'is not bound: see wrangler.toml' };
    expect(findConfigProblems(withoutOne)).toEqual([problem]);
    expect(findConfigProblems({ ...withoutOne, RATE_LIMITS: 'on' })).toEqual([problem]);
  });

  it('need no limiter while they are off', () => {
    const { ISSUER, SECRET_KEY, SIGNING_KEYS, DB, DENYLIST } = least;
    const env = { ISSUER, SECRET_KEY, SIGNING_KEYS, DB, DENYLIST, RATE_LIMITS: 'off' };
    expect(parseConfig(env)).toMatchObject({ hasRateLimits: false });
  });
});

describe('the origins whose pages may call', () => {
  const corsOf = (CORS_ORIGINS: string, CORS_HEADERS = '') =>
    parseConfig({ ...least, CORS_ORIGINS, CORS_HEADERS }).cors;

  it('are none when the list is empty', () => {
    expect(corsOf('')).toBeUndefined();
    expect(corsOf(' , ', 'baggage')).toBeUndefined();
  });

  it('are those that some pattern matches', () => {
    const cors = corsOf('https://a.example, http://localhost:*', 'sentry-trace, baggage');
    expect(cors).toMatchObject({ allowsAny: false, headers: ['sentry-trace', 'baggage'] });
    expect(cors?.allows('https://a.example')).toBe(true);
    expect(cors?.allows('http://localhost:3000')).toBe(true);
    expect(cors?.allows('https://b.example')).toBe(false);
  });

  it('are all when the list has a *', () => {
    expect(corsOf('https://a.example, *')).toMatchObject({ allowsAny: true });
  });
});

it('takes ALLOW_IN_PRODUCTION, which is for the doctor, and makes no use of it', () => {
  const open = { ...least, CORS_ORIGINS: '*', ALLOW_IN_PRODUCTION: 'CORS_ORIGINS=*, PLAYGROUND=on' };
  expect(parseConfig(open)).not.toHaveProperty('ALLOW_IN_PRODUCTION');
  expect(findConfigProblems({ ...least, ALLOW_IN_PRODUCTION: '' })).toEqual([]);
  expect(findConfigProblems({ ...least, ALLOW_IN_PRODUCTION: 'CORS_ORIGINS=*;PLAYGROUND=on' })).toEqual([
    {
      field: 'ALLOW_IN_PRODUCTION',
      problem: 'must be empty, or a list of CORS_ORIGINS=* and PLAYGROUND=on, comma-separated',
    },
  ]);
});
