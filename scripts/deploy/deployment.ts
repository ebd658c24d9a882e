import { Failure } from '../command.ts';
import { findMigrations } from '../migrations/folder.ts';
import { refuseLosses } from '../migrations/refuse-losses.ts';
import { findTursoProblems, openTurso } from '../migrations/turso.ts';
import { readBytes } from '../secrets/file.ts';
import { parseSecrets } from '../secrets/parse.ts';
import type { Wrangler } from '../wrangler/run.ts';
import { readToml, type Toml, type WranglerToml } from '../wrangler/toml.ts';
import { readMigrations } from './order.ts';
import type { Deployment } from './plan.ts';
import { d1Tables, type Tables, tursoTables } from './tables.ts';

/**
 * The deployment that `toml` and the file of secrets describe. Throws `Unreadable` when one of them cannot be read or
 * the environment does not exist, and a `Failure` when a migration loses rows.
 */
export function findDeployment(toml: Toml, secretsFile: string | undefined, wrangler: Wrangler): Deployment {
  const read = readToml(toml);
  const issuer = textOf(read.vars['ISSUER']);
  const url = textOf(read.vars['TURSO_DATABASE_URL']);
  const folder = url === '' ? findMigrations(toml).folder : 'migrations';
  refuseLosses(folder);
  const migrations = readMigrations(folder);
  const names = migrations.map(({ name }) => name);
  const flags = ['--config', toml.config, ...(toml.env === undefined ? [] : ['--env', toml.env])];
  return {
    flags,
    secretsFlags: secretsFile === undefined ? [] : ['--secrets-file', secretsFile],
    migrations,
    worker: read.name ?? 'the Worker',
    addresses: addressesOf(read, issuer),
    issuer,
    tables: () => (url === '' ? d1Tables(wrangler, { toml: read, flags, folder, names }) : onTurso(url, secretsFile)),
  };
}

/** The patterns of the routes. A Worker without routes is on workers.dev, at its issuer: the doctor requires that. */
const addressesOf = ({ routes }: WranglerToml, issuer: string) =>
  routes.length > 0 ? routes.map(({ pattern }) => pattern) : [issuer.replace('https://', '')];

/** A variable that is no text is refused by the doctor, before it is used. */
const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

/** The token is in the file of secrets. A later deploy has none, and takes the token of the environment. */
function onTurso(url: string, secretsFile: string | undefined): Tables {
  const given = secretsFile === undefined ? undefined : parseSecrets(readBytes(secretsFile))['TURSO_AUTH_TOKEN'];
  const authToken = given ?? process.env['TURSO_AUTH_TOKEN'];
  if (authToken === undefined || authToken === '')
    throw new Failure('The migrations need TURSO_AUTH_TOKEN. Give it in the file of secrets, or in the environment.');
  const problems = findTursoProblems({ url, authToken });
  if (problems.length > 0) throw new Failure(problems.join('\n'));
  return tursoTables(openTurso({ url, authToken }));
}
