import { type ConfigProblem, configNames } from '../../src/config/config.ts';
import { findReusedSecrets, partsOf } from './reused-secrets.ts';

type Values = Readonly<Record<string, unknown>>;

/** OWASP's figure for PBKDF2-HMAC-SHA256 (Password Storage Cheat Sheet). */
const MIN_ITERATIONS = 600_000;

/** NIST SP 800-63B-4, section 3.1.1.1, at the least. */
const MIN_PASSWORD_LENGTH = 8;

/** Shorter, and clients do little but refresh; longer, and a stolen token outlives what short lives are for. */
const MIN_ACCESS_TOKEN_TTL_SECONDS = 60;
const MAX_ACCESS_TOKEN_TTL_SECONDS = 3600;

/**
 * Shorter, and who repeats a refresh that was answered 503 may be logged out: storage is waited for ten seconds, and
 * `Retry-After` says five. Longer, and a thief has as long.
 */
const MIN_GRACE_SECONDS = 16;
const MAX_GRACE_SECONDS = 60;

export const SECRETS = ['SECRET_KEY', 'SIGNING_KEYS', 'PASSWORD_PEPPER', 'OAUTH_CLIENTS', 'TURSO_AUTH_TOKEN'];

/**
 * What the service would serve with, on a laptop, and nobody should deploy: `values` are the variables and secrets of the
 * deployment, `vars` those that wrangler.toml holds in plain text, `profiles` those of the development profiles.
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
  const { CORS_ORIGINS } = values;
  const origins = (typeof CORS_ORIGINS === 'string' ? CORS_ORIGINS : '').split(',').map((origin) => origin.trim());
  if (origins.includes('*'))
    refuse('CORS_ORIGINS', 'must name the origins in production: * lets any page call the service');
  else if (origins.some((origin) => origin.endsWith(':*'))) {
    refuse('CORS_ORIGINS', 'must name the port in production: whatever runs on a machine of a user may open any other');
  }
  for (const name of SECRETS.filter((secret) => secret in vars)) {
    refuse(name, 'is a secret and must not stand in wrangler.toml');
  }
  for (const name of findReusedSecrets(SECRETS, values, profiles)) {
    refuse(name, 'must not be, or hold, a secret of a development profile');
  }
  const secretKey = partsOf('SECRET_KEY', values['SECRET_KEY']);
  if (partsOf('PASSWORD_PEPPER', values['PASSWORD_PEPPER']).some((key) => secretKey.includes(key))) {
    refuse('PASSWORD_PEPPER', 'must not be SECRET_KEY over again');
  }
  for (const name of Object.keys(vars).filter(isUnknown)) refuse(name, 'is not known to this service');
  return problems;
}

/** Whether `name` is none of the variables, secrets and bindings of this service. */
export const isUnknown = (name: string) => !configNames.includes(name);
