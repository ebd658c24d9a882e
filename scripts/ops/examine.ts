import { type ConfigProblem, findConfigProblems } from '../../src/config/config.ts';
import { importSigningKeys } from '../../src/crypto/signing-keys.ts';
import { findExposureProblems } from './exposure-rules.ts';
import { findProductionProblems, isUnknown } from './production-rules.ts';
import { readToml, type Toml } from '../wrangler/toml.ts';

type Values = Readonly<Record<string, unknown>>;

/** Without these there is no service. */
export const REQUIRED_SECRETS = ['SECRET_KEY', 'SIGNING_KEYS'];

/** What a service with the configuration file `toml` and these variables and secrets would refuse to run on. */
export async function examineDevelopment(toml: Toml, profile: Values): Promise<ConfigProblem[]> {
  const { vars, bindings } = read(toml);
  return examine({ ...vars, ...profile, ...bindings });
}

/**
 * What should not be deployed of the file `toml` with these secrets, or with some that cannot be looked at from here
 * (`undefined`); `profiles` are the development profiles to differ from.
 */
export async function examineProduction(
  toml: Toml,
  secrets: Values | undefined,
  profiles: Values[],
): Promise<ConfigProblem[]> {
  const { vars, bindings, required, exposure } = read(toml);
  const values = { ...vars, ...secrets };
  const unrequired = REQUIRED_SECRETS.filter((name) => !required.includes(name)).map((field) => ({
    field,
    problem: `must stand in [secrets] required: otherwise a deploy without it goes through`,
  }));
  const isUnseen = ({ field }: ConfigProblem) =>
    secrets === undefined && REQUIRED_SECRETS.includes(field) && !(field in vars);
  const found = await examine({ ...values, ...bindings });
  const isOpen = secrets !== undefined && values['TURSO_DATABASE_URL'] && values['TURSO_AUTH_TOKEN'] === undefined;
  const tokenless = { field: 'TURSO_AUTH_TOKEN', problem: 'is missing: a database that asks for none is open to all' };
  return [
    ...(isOpen ? [tokenless] : []),
    ...found.filter((problem) => !isUnseen(problem)),
    ...findProductionProblems(values, vars, profiles),
    ...findExposureProblems(exposure, values['ISSUER']),
    ...unrequired,
    ...findUnknownEntries(secrets ?? {}),
  ];
}

/** Says where unknown entries stand and not what they are called: a file of another shape may have secrets for names. */
function findUnknownEntries(secrets: Values): ConfigProblem[] {
  const names = Object.keys(secrets);
  const places = names.flatMap((name, index) => (isUnknown(name) ? [index + 1] : []));
  if (places.length === 0) return [];
  const which = places.length === 1 ? `entry ${places[0]} is` : `entries ${places.join(', ')} are`;
  return [
    { field: 'secrets', problem: `${which} not known to this service (of ${names.length}; names are not shown)` },
  ];
}

function read(toml: Toml) {
  const { vars, d1_databases, kv_namespaces, ratelimits, secrets, ...exposure } = readToml(toml);
  const stores = [...d1_databases, ...kv_namespaces].map(({ binding }) => binding);
  const bindings = Object.fromEntries([...stores, ...ratelimits.map(({ name }) => name)].map((name) => [name, {}]));
  return { vars, bindings, required: secrets?.required ?? [], exposure };
}

async function examine(values: Values): Promise<ConfigProblem[]> {
  const problems = findConfigProblems(values);
  const keys = values['SIGNING_KEYS'];
  if (typeof keys !== 'string' || problems.some(({ field }) => field === 'SIGNING_KEYS')) return problems;
  // Whether the keys are what they say they are, only using them tells.
  const unusable = { field: 'SIGNING_KEYS', problem: 'holds a key that cannot be used' };
  return importSigningKeys(keys).then(
    () => problems,
    () => [...problems, unusable],
  );
}
