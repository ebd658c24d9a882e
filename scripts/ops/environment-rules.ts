import type { ConfigProblem } from '../../src/config/config.ts';
import { environmentOf, readOthers, readToml, type Toml, titleOf, type WranglerToml } from '../wrangler/toml.ts';

type Values = (string | undefined)[];

/** What two deployments must not share: the field, its values, and what happens otherwise. Names and ids are those of an account. */
const OWN: { field: string; valuesOf: (toml: WranglerToml) => Values; isOfAccount: boolean; otherwise: string }[] = [
  {
    field: 'name',
    valuesOf: ({ name }) => [name],
    isOfAccount: true,
    otherwise: 'the deploy replaces that Worker',
  },
  {
    field: 'routes',
    valuesOf: ({ routes }) => routes.map(({ pattern }) => pattern.toLowerCase().replace(/^https?:\/\/|\/\*$/g, '')),
    isOfAccount: false,
    otherwise: 'the deploy takes the address away from that Worker',
  },
  {
    field: 'ISSUER',
    valuesOf: ({ vars }) => [textOf(vars['ISSUER'])],
    isOfAccount: false,
    otherwise: 'back ends take the tokens of one for those of the other',
  },
  {
    field: 'TURSO_DATABASE_URL',
    valuesOf: ({ vars }) => [textOf(vars['TURSO_DATABASE_URL'])],
    isOfAccount: false,
    otherwise: 'both change the same users and sessions',
  },
  {
    field: 'd1_databases',
    valuesOf: (toml) => toml.d1_databases.map(({ database_id, database_name }) => database_id ?? database_name),
    isOfAccount: true,
    otherwise: 'both change the same users and sessions',
  },
  {
    field: 'kv_namespaces',
    valuesOf: (toml) => toml.kv_namespaces.map(({ id }) => id),
    isOfAccount: true,
    otherwise: 'both have the same denylist',
  },
  {
    field: 'ratelimits',
    valuesOf: ({ ratelimits }) => ratelimits.map(({ namespace_id }) => namespace_id),
    isOfAccount: true,
    otherwise: 'Workers with the same namespace_id share a limit',
  },
];

/**
 * Finds what the environment of `toml` shares with the top level or with another environment. wrangler gives an
 * environment the top-level `routes` when it has none. The top level itself is always in order.
 */
export function findSharedProblems(toml: Toml): ConfigProblem[] {
  const title = titleOf(environmentOf(toml));
  if (title === undefined) return [];
  const own = readToml(toml);
  return readOthers(toml).flatMap(({ title: otherTitle, other }) =>
    OWN.filter(({ valuesOf, isOfAccount }) => {
      if (isOfAccount && own.account_id !== other.account_id) return false;
      const taken = valuesOf(other);
      return valuesOf(own).some((value) => value !== undefined && value !== '' && taken.includes(value));
    }).map(({ field, otherwise }) => ({
      field,
      problem: `must be written under ${title} and differ from ${otherTitle}: otherwise ${otherwise}`,
    })),
  );
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined);
