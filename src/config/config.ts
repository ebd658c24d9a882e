import { z } from 'zod';
import {
  bearerToken,
  binding,
  databaseUrl,
  headerNames,
  issuer,
  oauthClients,
  oneOf,
  origins,
  peppers,
  rangeUrl,
  secretKey,
  signingKeys,
  text,
  wholeNumber,
} from './rules.ts';
import { Refusal } from '../errors.ts';

/** What the service runs on, once every variable, secret and binding has been found right. Lives are in seconds. */
export type Config = ReturnType<typeof toConfig>;

/** A variable, secret or binding that is wrong, and why, in words that do not show its value. */
export type ConfigProblem = { field: string; problem: string };

/** The configuration that `env` holds. Refuses with `misconfigured`; the reason names every field that is wrong. */
export function parseConfig(env: object): Config {
  const parsed = schemaFor(env).safeParse(env);
  if (parsed.success) return parsed.data;
  const reason = problemsOf(parsed.error).map(({ field, problem }) => `${field} ${problem}`);
  throw new Refusal('misconfigured', { reason: reason.join('; ') });
}

/** Everything for which `parseConfig` would refuse `env`: an empty list when it would not. */
export function findConfigProblems(env: object): ConfigProblem[] {
  const parsed = schemaFor(env).safeParse(env);
  return parsed.success ? [] : problemsOf(parsed.error);
}

/** One problem a field: the first, since the others tend to follow from it. */
function problemsOf(error: z.ZodError): ConfigProblem[] {
  const problems = new Map<string, string>();
  for (const { path, message } of error.issues) {
    const field = String(path[0]);
    if (!problems.has(field)) problems.set(field, message);
  }
  return [...problems].map(([field, problem]) => ({ field, problem }));
}

const DAY = 86_400;

const common = z.object({
  ISSUER: issuer,
  AUDIENCE: text
    .regex(/^[\x21-\x7e]{1,255}$/, { error: 'must be 1 to 255 printable characters without spaces' })
    .default('latchkey'),
  ACCESS_TOKEN_TTL_SECONDS: wholeNumber(1, DAY).default(900),
  REFRESH_IDLE_TTL_SECONDS: wholeNumber(1, 366 * DAY).default(30 * DAY),
  REFRESH_ABSOLUTE_TTL_SECONDS: wholeNumber(1, 366 * DAY).default(90 * DAY),
  REFRESH_GRACE_SECONDS: wholeNumber(0, 300).default(30),
  PBKDF2_ITERATIONS: wholeNumber(1000, 10_000_000).default(600_000),
  PASSWORD_MIN_LENGTH: wholeNumber(1, 64).default(8),
  PASSWORD_MAX_LENGTH: wholeNumber(64, 256).default(256),
  PASSWORD_COMMON: oneOf('refuse', 'allow').default('refuse'),
  PASSWORD_BREACH_CHECK: oneOf('off', 'fail-open', 'fail-closed').default('off'),
  PASSWORD_BREACH_URL: rangeUrl.default('https://api.pwnedpasswords.com/range/'),
  CORS_ORIGINS: origins.default([]),
  CORS_HEADERS: headerNames.default([]),
  SECRET_KEY: secretKey,
  SIGNING_KEYS: signingKeys,
  PASSWORD_PEPPER: peppers.default([]),
  OAUTH_CLIENTS: oauthClients.default([]),
  DENYLIST: binding,
});

/** Users and sessions are in D1. A token without the URL that it is for means that they should not be. */
const onD1 = {
  DB: binding,
  TURSO_DATABASE_URL: z.literal('').optional(),
  TURSO_AUTH_TOKEN: z.undefined({ error: 'is set, and TURSO_DATABASE_URL is not' }).optional(),
};

/** They are in the libSQL database that there is a URL of, and D1 need not be bound. */
const onLibsql = {
  DB: z.unknown().optional(),
  TURSO_DATABASE_URL: databaseUrl,
  TURSO_AUTH_TOKEN: bearerToken.optional(),
};

/** The bindings that stop floods. */
const limited = {
  RATE_LIMITS: z.literal('on').default('on'),
  LIMIT_CREDENTIALS: binding,
  LIMIT_ACCOUNT: binding,
  LIMIT_REFRESH: binding,
  LIMIT_OTHER: binding,
};

/** Floods are not stopped, and nothing is needed for it. What is neither on nor off is a mistake. */
const unlimited = {
  RATE_LIMITS: z.literal('off', { error: 'must be on or off' }),
  LIMIT_CREDENTIALS: z.unknown().optional(),
  LIMIT_ACCOUNT: z.unknown().optional(),
  LIMIT_REFRESH: z.unknown().optional(),
  LIMIT_OTHER: z.unknown().optional(),
};

/** The names of all variables, secrets and bindings. */
export const configNames: string[] = Object.keys({ ...common.shape, ...onLibsql, ...limited });

const schemas = {
  d1: {
    limited: withRules(common.extend({ ...onD1, ...limited })).transform(toConfig),
    unlimited: withRules(common.extend({ ...onD1, ...unlimited })).transform(toConfig),
  },
  libsql: {
    limited: withRules(common.extend({ ...onLibsql, ...limited })).transform(toConfig),
    unlimited: withRules(common.extend({ ...onLibsql, ...unlimited })).transform(toConfig),
  },
};

function schemaFor(env: object & { TURSO_DATABASE_URL?: unknown; RATE_LIMITS?: unknown }) {
  const isOnD1 = env.TURSO_DATABASE_URL === undefined || env.TURSO_DATABASE_URL === '';
  const isLimited = env.RATE_LIMITS === undefined || env.RATE_LIMITS === 'on';
  return schemas[isOnD1 ? 'd1' : 'libsql'][isLimited ? 'limited' : 'unlimited'];
}

/** What holds between fields. */
function withRules<S extends z.ZodType<z.infer<typeof common>>>(schema: S) {
  return schema
    .refine((env) => env.ACCESS_TOKEN_TTL_SECONDS <= env.REFRESH_IDLE_TTL_SECONDS, {
      path: ['ACCESS_TOKEN_TTL_SECONDS'],
      error: 'must not be longer than REFRESH_IDLE_TTL_SECONDS',
    })
    .refine((env) => env.REFRESH_IDLE_TTL_SECONDS <= env.REFRESH_ABSOLUTE_TTL_SECONDS, {
      path: ['REFRESH_IDLE_TTL_SECONDS'],
      error: 'must not be longer than REFRESH_ABSOLUTE_TTL_SECONDS',
    });
}

type Checked = z.infer<typeof common> & {
  TURSO_DATABASE_URL?: string | undefined;
  TURSO_AUTH_TOKEN?: string | undefined;
  RATE_LIMITS: 'on' | 'off';
};

function toConfig(env: Checked) {
  const { TURSO_DATABASE_URL: url, TURSO_AUTH_TOKEN: authToken } = env;
  return {
    issuer: env.ISSUER,
    audience: env.AUDIENCE,
    accessTokenTtlSeconds: env.ACCESS_TOKEN_TTL_SECONDS,
    refreshIdleTtlSeconds: env.REFRESH_IDLE_TTL_SECONDS,
    refreshAbsoluteTtlSeconds: env.REFRESH_ABSOLUTE_TTL_SECONDS,
    refreshGraceSeconds: env.REFRESH_GRACE_SECONDS,
    passwordIterations: env.PBKDF2_ITERATIONS,
    passwordMinLength: env.PASSWORD_MIN_LENGTH,
    passwordMaxLength: env.PASSWORD_MAX_LENGTH,
    mayBeCommon: env.PASSWORD_COMMON === 'allow',
    breachCheck: env.PASSWORD_BREACH_CHECK,
    breachUrl: env.PASSWORD_BREACH_URL,
    hasRateLimits: env.RATE_LIMITS === 'on',
    passwordPeppers: env.PASSWORD_PEPPER,
    corsOrigins: env.CORS_ORIGINS,
    corsHeaders: env.CORS_HEADERS,
    secretKey: env.SECRET_KEY,
    signingKeys: env.SIGNING_KEYS,
    oauthClients: env.OAUTH_CLIENTS,
    /** The libSQL database to use; without one it is D1. */
    libsql: url === undefined || url === '' ? undefined : { url, authToken },
  };
}
