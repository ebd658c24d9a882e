import { ANY_ISSUER, developmentVars, formerVars, LOOPBACK } from './vars.ts';
import { newSecrets } from '../secrets/fresh.ts';

/** Optional secrets. wrangler reads only those from .dev.vars that wrangler.toml names, so they are passed on. */
const OPTIONAL_SECRETS = [
  'PASSWORD_PEPPER',
  'OAUTH_CLIENTS',
  'FIREBASE_SCRYPT',
  'TURSO_AUTH_TOKEN',
  'MAIL_API_KEY',
  'MAIL_WEBHOOK_SECRET',
];

type Values = Readonly<NodeJS.Dict<string>>;

/**
 * What wrangler gets in addition to .dev.vars. `missing` has a line for each that .dev.vars should have, without
 * secrets.
 */
export type DevValues = { values: Record<string, string>; missing: string[] };

/**
 * What a service at `url` needs and neither `profile`, which may be of an older version, nor a flag in `given` says:
 * variables for development, secrets for this run only, and the issuer that goes with `url`.
 */
export async function findDevValues({
  profile,
  given,
  url,
}: {
  profile: Values;
  given: Values;
  url: string;
}): Promise<DevValues> {
  const values: Record<string, string> = {};
  for (const name of OPTIONAL_SECRETS) if (profile[name] !== undefined) values[name] = profile[name];
  const missing: string[] = [];
  for (const [name, value] of Object.entries(developmentVars)) {
    const said = profile[name];
    if (name === 'ISSUER' || given[name] !== undefined) continue;
    if (said === undefined || said === formerVars[name]) values[name] = value;
    if (said === undefined) missing.push(`${name}='${value}'`);
  }
  for (const [name, value] of Object.entries(await newSecrets())) {
    // In a copy of .dev.vars.example, they are empty.
    if (given[name] !== undefined || (profile[name] ?? '') !== '') continue;
    values[name] = value;
    missing.push(`${name}: a random one, for this run only`);
  }
  if (given['ISSUER'] === undefined && (profile['ISSUER'] ?? ANY_ISSUER) === ANY_ISSUER)
    values['ISSUER'] = issuerAt(url);
  const issuer = given['ISSUER'] ?? values['ISSUER'] ?? profile['ISSUER'] ?? '';
  // The service prints mails on localhost only.
  const printsMail = given['MAIL_TRANSPORT'] === undefined && (profile['MAIL_TRANSPORT'] ?? 'log') === 'log';
  if (printsMail && !isOnLocalhost(issuer)) values['MAIL_TRANSPORT'] = 'none';
  return { values, missing };
}

const isOnLocalhost = (issuer: string) => URL.canParse(issuer) && LOOPBACK.includes(new URL(issuer).hostname);

/**
 * The issuer of a service at `url`. Without TLS it must be localhost, even when the service listens on other addresses.
 */
function issuerAt(url: string): string {
  const { protocol, origin, port } = new URL(url);
  const isAllowed = protocol === 'https:' || isOnLocalhost(url);
  return isAllowed ? origin : new URL(`http://localhost:${port}`).origin;
}
