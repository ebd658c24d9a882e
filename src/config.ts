import { z } from 'zod';
import {
  bearerToken,
  binding,
  databaseUrl,
  issuer,
  oauthClients,
  origins,
  peppers,
  secretKey,
  signingKeys,
  text,
  wholeNumber,
} from './config-rules.ts';
import { Refusal } from './errors.ts';

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
  REFRESH_GRACE_SECONDS: wholeNumber(0, 300).default(10),
  PBKDF2_ITERATIONS: wholeNumber(1000, 10_000_000).default(600_000),
  PASSWORD_MIN_LENGTH: wholeNumber(1, 64).default(8),
  CORS_ORIGINS: origins.default([]),
  SECRET_KEY: secretKey,
  SIGNING_KEYS: signingKeys,
  PASSWORD_PEPPER: peppers.default([]),
  OAUTH_CLIENTS: oauthClients.default([]),
  DENYLIST: binding,
});

/** Users and sessions are in D1. A token without the URL that it is for means that they should not be. */
const onD1 = common.extend({
  DB: binding,
  TURSO_DATABASE_URL: z.literal('').optional(),
  TURSO_AUTH_TOKEN: z.undefined({ error: 'is set, and TURSO_DATABASE_URL is not' }).optional(),
});

/** They are in the libSQL database that there is a URL of, and D1 need not be bound. */
const onLibsql = common.extend({
  DB: z.unknown().optional(),
  TURSO_DATABASE_URL: databaseUrl,
  TURSO_AUTH_TOKEN: bearerToken.optional(),
});

/** The names of all variables, secrets and bindings. */
export const configNames: string[] = Object.keys(onLibsql.shape);

const schemas = {
  d1: withRules(onD1).transform(toConfig),
  libsql: withRules(onLibsql).transform(toConfig),
};

function schemaFor(env: object & { TURSO_DATABASE_URL?: unknown }) {
  const isOnD1 = env.TURSO_DATABASE_URL === undefined || env.TURSO_DATABASE_URL === '';
  return isOnD1 ? schemas.d1 : schemas.libsql;
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

function toConfig(env: z.infer<typeof onD1> | z.infer<typeof onLibsql>) {
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
    passwordPeppers: env.PASSWORD_PEPPER,
    corsOrigins: env.CORS_ORIGINS,
    secretKey: env.SECRET_KEY,
    signingKeys: env.SIGNING_KEYS,
    oauthClients: env.OAUTH_CLIENTS,
    /** The libSQL database to use; without one it is D1. */
    libsql: url === undefined || url === '' ? undefined : { url, authToken },
  };
}
