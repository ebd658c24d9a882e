// npm run doctor: what would be refused, field by field, and why.
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type ConfigProblem, configNames } from '../../src/config/config.ts';
import { EXPOSURE_SETTINGS } from './exposure-rules.ts';
import { findAllDevVars, findDevVars } from './profiles.ts';
import { parseSecrets } from '../secrets/parse.ts';
import { SECRETS } from './production-rules.ts';
import { readBytes } from '../secrets/file.ts';
import { wordsOf } from '../secrets/unreadable.ts';

const { toml, secretsFile, profiles } = readArguments();
const devVars = attempt('The development profile', () => findDevVars(toml));
const secrets = attempt('The file of secrets', readSecrets);

// Loaded here because it brings wrangler, which takes a second.
const { examineDevelopment, examineProduction } = await import('./examine.ts');
const { readToml } = await import('../wrangler/toml.ts');
attempt('The configuration', () => readToml(toml));

await examineAll();

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        'secrets-file': { type: 'string' },
        config: { type: 'string', short: 'c', default: 'wrangler.toml' },
        env: { type: 'string', short: 'e' },
      },
    });
    const { config, env, 'secrets-file': secretsFile } = values;
    const profiles = z.array(z.enum(['development', 'production'])).parse(positionals);
    const all = profiles.length > 0 ? profiles : ['development', 'production'];
    return { toml: { config, env }, secretsFile, profiles: all };
  } catch {
    console.error(
      'usage: npm run doctor -- [development | production] [--secrets-file FILE] [--config FILE] [--env NAME]',
    );
    return process.exit(2);
  }
}

async function examineAll(): Promise<void> {
  const verdicts: boolean[] = [];
  if (profiles.includes('development')) {
    const title = `Development: ${toml.config} and ${devVars?.file}`;
    if (devVars === undefined) console.log('Development: no .dev.vars yet; npm run dev writes it.\n');
    else verdicts.push(report(title, configNames, await examineDevelopment(toml, devVars.values)));
  }
  if (profiles.includes('production')) {
    const { readable, unreadable } = findAllDevVars(toml);
    for (const file of unreadable)
      console.log(`${file} cannot be read: the secrets of production were not compared with it.`);
    const all = readable.map(({ values }) => values);
    const problems = await examineProduction(toml, secrets, all);
    const title = `Production: ${toml.config} and ${secretsFile ?? 'secrets that are not here'}`;
    const unseen = secrets === undefined ? SECRETS : [];
    verdicts.push(report(title, [...configNames, ...EXPOSURE_SETTINGS], problems, unseen));
  }
  process.exitCode = verdicts.every(Boolean) ? 0 : 1;
}

function readSecrets(): Record<string, string> | undefined {
  return secretsFile === undefined ? undefined : parseSecrets(readBytes(secretsFile));
}

/** What `work` returns. Ends the process when it fails: without quoting anything, not even a file's name that may be no name. */
function attempt<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    console.error(`${what} ${wordsOf(error)}.`);
    return process.exit(2);
  }
}

/** Prints a line for each field, and tells whether all are in order; `unseen` are those that cannot be looked at from here. */
function report(title: string, fields: string[], problems: ConfigProblem[], unseen: string[] = []): boolean {
  console.log(title);
  for (const field of new Set([...fields, ...problems.map((problem) => problem.field)])) {
    const problem = problems.find((candidate) => candidate.field === field)?.problem;
    const otherwise = unseen.includes(field) ? 'not seen: give --secrets-file FILE' : 'ok';
    console.log(`  ${problem === undefined ? ' ' : '✗'} ${field.padEnd(28)} ${problem ?? otherwise}`);
  }
  console.log('');
  return problems.length === 0;
}
