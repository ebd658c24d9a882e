import { type ConfigProblem, configNames } from '../../src/config/config.ts';
import { EXCEPTIONS } from '../../src/config/exceptions.ts';
import { splitList } from '../../src/config/fields.ts';
import { findReusedSecrets, partsOf } from './reused-secrets.ts';

type Values = Readonly<Record<string, unknown>>;

/** OWASP's figure for PBKDF2-HMAC-SHA256 (Password Storage Cheat Sheet). */
const MIN_ITERATIONS = 600_000;

/** The lower minimum of NIST SP 800-63B-4, section 3.1.1.1. */
const MIN_PASSWORD_LENGTH = 8;

/** With a shorter life, clients mostly refresh. With a longer one, a stolen token is valid for too long. */
const MIN_ACCESS_TOKEN_TTL_SECONDS = 60;
const MAX_ACCESS_TOKEN_TTL_SECONDS = 3600;

/**
 * With a shorter grace, a client that repeats a refresh after a 503 may be logged out: the service waits 10 s for its
 * storage, and `Retry-After` is 5 s. With a longer one, a thief has more time.
 */
const MIN_GRACE_SECONDS = 16;
const MAX_GRACE_SECONDS = 60;

export const SECRETS = [
  'SECRET_KEY',
  'SIGNING_KEYS',
  'PASSWORD_PEPPER',
  'OAUTH_CLIENTS',
  'FIREBASE_SCRYPT',
  'TURSO_AUTH_TOKEN',
  'MAIL_API_KEY',
  'MAIL_WEBHOOK_SECRET',
];

/**
 * Finds what the service would accept and nobody should deploy. `values` are the variables and secrets of the
 * deployment, `vars` the variables in wrangler.toml, `profiles` the values of the development profiles.
 */
export function findProductionProblems(values: Values, vars: Values, profiles: Values[]): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const refuse = (field: string, problem: string) => problems.push({ field, problem });

  const ttlSeconds = Number(values['ACCESS_TOKEN_TTL_SECONDS']);
  if (String(values['ISSUER']).startsWith('http:')) refuse('ISSUER', 'must be https in production');
  if (String(values['TURSO_DATABASE_URL']).startsWith('http:'))
    refuse('TURSO_DATABASE_URL', 'must not be http in production');
  if (ttlSeconds < MIN_ACCESS_TOKEN_TTL_SECONDS || ttlSeconds > MAX_ACCESS_TOKEN_TTL_SECONDS) {
    const bounds = `${MIN_ACCESS_TOKEN_TTL_SECONDS} to ${MAX_ACCESS_TOKEN_TTL_SECONDS}`;
    refuse('ACCESS_TOKEN_TTL_SECONDS', `must be from ${bounds} in production`);
  }
  if (Number(values['PBKDF2_ITERATIONS']) < MIN_ITERATIONS) {
    refuse('PBKDF2_ITERATIONS', `must be at least ${MIN_ITERATIONS} in production`);
  }
  if (Number(values['PASSWORD_MIN_LENGTH']) < MIN_PASSWORD_LENGTH) {
    refuse('PASSWORD_MIN_LENGTH', `must be at least ${MIN_PASSWORD_LENGTH} in production`);
  }
  if (values['PASSWORD_COMMON'] === 'allow') refuse('PASSWORD_COMMON', 'must be refuse in production');
  if (String(values['PASSWORD_BREACH_URL']).startsWith('http:')) {
    refuse('PASSWORD_BREACH_URL', 'must be https in production');
  }
  if (values['RATE_LIMITS'] === 'off') refuse('RATE_LIMITS', 'must be on in production');
  const graceSeconds = Number(values['REFRESH_GRACE_SECONDS'] ?? MIN_GRACE_SECONDS);
  if (graceSeconds < MIN_GRACE_SECONDS || graceSeconds > MAX_GRACE_SECONDS) {
    refuse('REFRESH_GRACE_SECONDS', `must be from ${MIN_GRACE_SECONDS} to ${MAX_GRACE_SECONDS} in production`);
  }
  const allowed = listOf(values['ALLOW_IN_PRODUCTION']);
  const origins = listOf(values['CORS_ORIGINS']);
  const inUse: Record<(typeof EXCEPTIONS)[number], boolean> = {
    'CORS_ORIGINS=*': origins.includes('*'),
    'PLAYGROUND=on': values['PLAYGROUND'] === 'on',
  };
  const isRefused = (setting: keyof typeof inUse) => inUse[setting] && !allowed.includes(setting);
  if (isRefused('CORS_ORIGINS=*')) {
    refuse(
      'CORS_ORIGINS',
      `must list origins in production: * lets every page call the service. ${ifMeant('CORS_ORIGINS=*')}`,
    );
  } else if (origins.some((origin) => origin.endsWith(':*'))) {
    refuse('CORS_ORIGINS', "must name a port in production: any program on a user's machine can open another one");
  }
  if (isRefused('PLAYGROUND=on')) {
    refuse('PLAYGROUND', `must be off in production: it is a page for developers. ${ifMeant('PLAYGROUND=on')}`);
  }
  for (const setting of EXCEPTIONS.filter((entry) => allowed.includes(entry) && !inUse[entry])) {
    refuse('ALLOW_IN_PRODUCTION', `allows ${setting}, which is not set: remove it`);
  }
  for (const name of SECRETS.filter((secret) => secret in vars)) {
    refuse(name, 'is a secret and must not be in wrangler.toml');
  }
  for (const name of findReusedSecrets(SECRETS, values, profiles)) {
    refuse(name, 'must not be or contain a secret of a development profile');
  }
  const secretKey = partsOf('SECRET_KEY', values['SECRET_KEY']);
  if (partsOf('PASSWORD_PEPPER', values['PASSWORD_PEPPER']).some((key) => secretKey.includes(key))) {
    refuse('PASSWORD_PEPPER', 'must not be the same as SECRET_KEY');
  }
  for (const name of Object.keys(vars).filter(isUnknown)) refuse(name, 'is unknown to this service');
  return problems;
}

const listOf = (value: unknown) => splitList(typeof value === 'string' ? value : '');

const ifMeant = (setting: string) => `If you mean it, say it again: ALLOW_IN_PRODUCTION = "${setting}"`;

/** Whether `name` is none of the variables, secrets and bindings of this service. */
export const isUnknown = (name: string) => !configNames.includes(name);
