import { type ConfigProblem, findConfigProblems } from '../../src/config/config.ts';
import { importSigningKeys } from '../../src/crypto/signing-keys.ts';
import { findAddressProblems } from './address-rules.ts';
import { findCronProblems } from './cron-rules.ts';
import { findSharedProblems } from './environment-rules.ts';
import { findExposureProblems } from './exposure-rules.ts';
import { findMailProblems, findMailRemarks, mailSecretsOf } from './mail-rules.ts';
import { findFactorRemarks, findPasskeyProblems } from './passkey-rules.ts';
import { findProductionProblems, isUnknown, SECRETS } from './production-rules.ts';
import { readToml, sectionOf, type Toml } from '../wrangler/toml.ts';

type Values = Readonly<Record<string, unknown>>;

/** The service does not run without these. */
export const REQUIRED_SECRETS = ['SECRET_KEY', 'SIGNING_KEYS'];

/** The problems for which the service would refuse to run with the file `toml` and the values in `profile`. */
export async function examineDevelopment(toml: Toml, profile: Values): Promise<ConfigProblem[]> {
  const { vars, bindings } = read(toml);
  return examine({ ...vars, ...profile, ...bindings });
}

/**
 * What should not be deployed of the file `toml` with these secrets. `undefined` means that the secrets are not known
 * here. `profiles` are the development profiles, whose secrets must not be reused.
 */
export async function examineProduction(
  toml: Toml,
  secrets: Values | undefined,
  profiles: Values[],
): Promise<ConfigProblem[]> {
  const { vars, bindings, required, crons, exposure } = read(toml);
  const values = { ...vars, ...secrets };
  const isUnseen = ({ field }: ConfigProblem) => secrets === undefined && SECRETS.includes(field) && !(field in vars);
  const found = await examine({ ...values, ...bindings });
  const isOpen = secrets !== undefined && values['TURSO_DATABASE_URL'] && values['TURSO_AUTH_TOKEN'] === undefined;
  const tokenless = {
    field: 'TURSO_AUTH_TOKEN',
    problem: 'is missing: a database that needs no token is open to everyone',
  };
  return [
    ...(isOpen ? [tokenless] : []),
    ...found.filter((problem) => !isUnseen(problem)),
    ...findProductionProblems(values, vars, profiles),
    ...findMailProblems(values),
    ...findPasskeyProblems(values),
    ...findExposureProblems(exposure),
    ...findSharedProblems(toml),
    ...findAddressProblems(exposure, values['ISSUER']),
    ...findCronProblems(crons, values, sectionOf(toml, 'triggers')),
    ...findUnrequired([...REQUIRED_SECRETS, ...mailSecretsOf(values)], required, sectionOf(toml, 'secrets')),
    ...findUnknownEntries(secrets ?? {}),
  ];
}

/** What an operator should know of a deployment of the file `toml`, by field. Nothing of it is a problem. */
export function findRemarks(toml: Toml): Record<string, string> {
  const { vars } = readToml(toml);
  return { ...findMailRemarks(vars), ...findFactorRemarks(vars) };
}

/** Finds secrets in `needed` with which wrangler would not refuse a deploy that lacks them. `section` has `required`. */
function findUnrequired(needed: string[], required: string[], section: string): ConfigProblem[] {
  const names = SECRETS.filter((name) => needed.includes(name) || required.includes(name));
  const line = `required = [${names.map((name) => `"${name}"`).join(', ')}]`;
  const problem = `must be required: otherwise wrangler deploys without it. Write ${line} into ${section}`;
  return needed.filter((name) => !required.includes(name)).map((field) => ({ field, problem }));
}

/** Names the positions of unknown entries, not their names: in a file of another format, a name may be a secret. */
function findUnknownEntries(secrets: Values): ConfigProblem[] {
  const names = Object.keys(secrets);
  const places = names.flatMap((name, index) => (isUnknown(name) ? [index + 1] : []));
  if (places.length === 0) return [];
  const which = places.length === 1 ? `entry ${places[0]} is` : `entries ${places.join(', ')} are`;
  return [{ field: 'secrets', problem: `${which} unknown to this service (of ${names.length}; names are not shown)` }];
}

function read(toml: Toml) {
  const { vars, d1_databases, kv_namespaces, assets, ratelimits, send_email, secrets, triggers, ...exposure } =
    readToml(toml);
  const stores = [...d1_databases, ...kv_namespaces].map(({ binding }) => binding);
  const named = [...ratelimits, ...send_email].map(({ name }) => name);
  const names = [...stores, ...named, ...(assets?.binding ? [assets.binding] : [])];
  const bindings = Object.fromEntries(names.map((name) => [name, {}]));
  return { vars, bindings, required: secrets?.required ?? [], crons: triggers.crons, exposure };
}

async function examine(values: Values): Promise<ConfigProblem[]> {
  const problems = findConfigProblems(values);
  const keys = values['SIGNING_KEYS'];
  if (typeof keys !== 'string' || problems.some(({ field }) => field === 'SIGNING_KEYS')) return problems;
  // Only importing the keys shows whether they are usable.
  const unusable = { field: 'SIGNING_KEYS', problem: 'holds an unusable key' };
  return importSigningKeys(keys).then(
    () => problems,
    () => [...problems, unusable],
  );
}
