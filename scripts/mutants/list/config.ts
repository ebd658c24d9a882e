import { mutantsOf } from '../mutant.ts';

const CONFIG = ['test/config/config.test.ts', 'test/config/fields.test.ts'];

export const config = [
  ...mutantsOf('src/config/config.ts', CONFIG, [
    {
      breaks: 'an isolate keeps its first configuration, whatever its environment says',
      find: 'value === values[i]',
      replace: 'i >= 0 || value === values[i]',
    },
    {
      breaks: 'a binding that is gone is not missed',
      find: 'isBinding(value) ? BOUND : value',
      replace: "typeof value === 'string' ? value : BOUND",
    },
    {
      breaks: 'only the problems of the first concern refuse the configuration',
      find: 'const parsed = concerns.safeParse(env);\n  return parsed.success',
      replace: 'const parsed = core.safeParse(env);\n  return parsed.success',
    },
  ]),
  ...mutantsOf('src/config/fields.ts', CONFIG, [
    {
      breaks: 'a URL without TLS is accepted',
      find: ' && isLoopback(url)',
      replace: '',
    },
    {
      breaks: 'a secret of 16 bytes is accepted',
      find: 'bytes.length >= 32 && ',
      replace: 'bytes.length >= 16 && ',
    },
  ]),
  ...mutantsOf('src/config/keys.ts', CONFIG, [
    {
      breaks: 'two signing keys with one kid are accepted',
      find: 'new Set(keys.map(({ kid }) => kid)).size === keys.length',
      replace: 'keys.length < 100',
    },
    {
      breaks: 'a signing key of any algorithm is accepted',
      find: 'z.enum(SIGNING_ALGS)',
      replace: 'z.string()',
    },
  ]),
  ...mutantsOf('src/config/lifetimes.ts', CONFIG, [
    {
      breaks: 'an access token may live longer than its session',
      find: 'env.ACCESS_TOKEN_TTL_SECONDS <= env.REFRESH_IDLE_TTL_SECONDS',
      replace: 'env.ACCESS_TOKEN_TTL_SECONDS > 0',
    },
  ]),
  ...mutantsOf('src/config/passwords.ts', CONFIG, [
    {
      breaks: 'common passwords are allowed by default',
      find: "oneOf('refuse', 'allow').default('refuse')",
      replace: "oneOf('refuse', 'allow').default('allow')",
    },
    {
      breaks: 'the default number of iterations is 100,000',
      find: 'wholeNumber(1000, 10_000_000).default(600_000)',
      replace: 'wholeNumber(1000, 10_000_000).default(100_000)',
    },
  ]),
  ...mutantsOf('src/config/database.ts', CONFIG, [
    {
      breaks: 'a database URL with credentials is accepted',
      find: '[^/?#@\\s\\\\%]+\\/?$/',
      replace: '[^/?#\\s\\\\%]+\\/?$/',
    },
    {
      breaks: 'a database token without a URL is ignored',
      find: "env.TURSO_DATABASE_URL !== '' || env.TURSO_AUTH_TOKEN === undefined",
      replace: "env.TURSO_DATABASE_URL !== '?'",
    },
  ]),
  ...mutantsOf('src/config/rate-limits.ts', CONFIG, [
    {
      breaks: 'rate limits are off by default',
      find: "oneOf('on', 'off').default('on')",
      replace: "oneOf('on', 'off').default('off')",
    },
    {
      breaks: 'rate limits are on without a limiter',
      find: '!isBinding(env[name])',
      replace: "env[name] === ''",
    },
  ]),
  ...mutantsOf(
    'src/config/origin-pattern.ts',
    ['test/config/origin-pattern.test.ts', ...CONFIG],
    [
      {
        breaks: 'a wildcard in an origin matches many labels',
        find: ' && LABEL.test(origin.slice(before.length, -after.length))',
        replace: '',
      },
      { breaks: 'a wildcard in an origin may be a whole host', find: "!text.includes('*') && ", replace: '' },
      {
        breaks: 'an origin may be a URL with a path',
        find: ' && new URL(text).origin === text',
        replace: '',
      },
    ],
  ),
];
