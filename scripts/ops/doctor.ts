// npm run doctor: checks the configuration, field by field, before the service refuses it.
import { type ConfigProblem, configNames } from '../../src/config/config.ts';
import { type Command, Failure, parseCommandLine, UsageError } from '../command.ts';
import { readBytes } from '../secrets/file.ts';
import { parseSecrets } from '../secrets/parse.ts';
import { wordsOf } from '../secrets/unreadable.ts';
import type { Toml } from '../wrangler/toml.ts';
import { EXPOSURE_SETTINGS } from './exposure-rules.ts';
import { SECRETS } from './production-rules.ts';
import { findAllDevVars, findDevVars } from './profiles.ts';

const PROFILES = ['development', 'production'];

export const command: Command = {
  usage: `npm run doctor -- [development | production] [--secrets-file FILE] [--config FILE] [--env NAME]

Checks wrangler.toml with .dev.vars (development), or with the secrets of a deployment (production).
Lists each field, and what is wrong with it. Shows no value. Without a profile, it checks both.
  --secrets-file FILE  the secrets, as for \`wrangler deploy --secrets-file\`; without it they are not checked
  --config FILE        the configuration file, instead of wrangler.toml
  --env NAME           an environment of that file: [env.NAME]`,

  run: async (args) => {
    const { values, positionals } = parseCommandLine(args, {
      'secrets-file': { type: 'string' },
      config: { type: 'string', short: 'c', default: 'wrangler.toml' },
      env: { type: 'string', short: 'e' },
    });
    if (!positionals.every((profile) => PROFILES.includes(profile)))
      throw new UsageError('A profile is development or production.');
    const { config, env, 'secrets-file': secretsFile } = values;
    const verdicts = await examineAll({ config, env }, secretsFile, positionals.length > 0 ? positionals : PROFILES);
    return verdicts.every(Boolean) ? 0 : 1;
  },
};

/** Prints a report for each of `profiles`, and returns whether each is in order. */
async function examineAll(toml: Toml, secretsFile: string | undefined, profiles: string[]): Promise<boolean[]> {
  const devVars = attempt('The development profile', () => findDevVars(toml));
  const secrets = attempt('The file of secrets', () =>
    secretsFile === undefined ? undefined : parseSecrets(readBytes(secretsFile)),
  );
  // Imported late, because it loads wrangler, which takes a second.
  const { examineDevelopment, examineProduction, findRemarks } = await import('./examine.ts');
  const { environmentOf, readOthers, readToml, titleOf } = await import('../wrangler/toml.ts');
  attempt('The configuration', () => [readToml(toml), readOthers(toml)]);
  const environment = titleOf(environmentOf(toml));
  const headingOf = (profile: string) => (environment === undefined ? profile : `${profile}, ${environment}`);

  const verdicts: boolean[] = [];
  if (profiles.includes('development') && devVars === undefined) {
    console.log(`${headingOf('Development')}: there is no .dev.vars yet. npm run dev writes it.\n`);
  } else if (profiles.includes('development') && devVars !== undefined) {
    const title = `${headingOf('Development')}: ${toml.config} and ${devVars.file}`;
    verdicts.push(report(title, configNames, await examineDevelopment(toml, devVars.values)));
  }
  if (profiles.includes('production')) {
    const { readable, unreadable } = findAllDevVars(toml);
    for (const file of unreadable)
      console.log(`${file} cannot be read, so it was not compared with the secrets of production.`);
    const all = readable.map(({ values }) => values);
    const problems = await examineProduction(toml, secrets, all);
    const title = `${headingOf('Production')}: ${toml.config} and ${secretsFile ?? 'secrets that were not given'}`;
    const unseen = secrets === undefined ? SECRETS : [];
    const remarks = findRemarks(toml);
    verdicts.push(report(title, [...configNames, ...EXPOSURE_SETTINGS, 'crons'], problems, { unseen, remarks }));
  }
  return verdicts;
}

/**
 * What `work` returns. Its failure is reported without quoting anything: even a file name may be a secret given by
 * mistake.
 */
function attempt<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Failure(`${what} ${wordsOf(error)}.`, 2);
  }
}

/** Fields that could not be checked, and what to say of fields that are in order. */
type Asides = { unseen?: string[]; remarks?: Record<string, string> };

/** Prints a line for each field, and returns whether all are in order. */
function report(
  title: string,
  fields: string[],
  problems: ConfigProblem[],
  { unseen = [], remarks = {} }: Asides = {},
): boolean {
  console.log(title);
  for (const field of new Set([...fields, ...problems.map((problem) => problem.field)])) {
    const problem = problems.find((candidate) => candidate.field === field)?.problem;
    const otherwise = unseen.includes(field) ? 'not checked: give --secrets-file FILE' : (remarks[field] ?? 'ok');
    console.log(`  ${problem === undefined ? ' ' : '✗'} ${field.padEnd(28)} ${problem ?? otherwise}`);
  }
  console.log('');
  return problems.length === 0;
}
