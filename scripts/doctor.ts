// npm run doctor: what would be refused, field by field, and why.
import { readFileSync } from 'node:fs';
import { parseArgs, parseEnv } from 'node:util';
import { z } from 'zod';
import { type ConfigProblem, configNames } from '../src/config.ts';
import { devVarsOf, readDevVars } from './dev-vars.ts';

const { options, profiles } = readArguments();
const { config, env, 'secrets-file': secretsFile } = options;
const devVars = devVarsOf(config);
const development = readDevVars(devVars);
const verdicts: boolean[] = [];
try {
  if (profiles.includes('development')) verdicts.push(await reportDevelopment());
  if (profiles.includes('production')) verdicts.push(await reportProduction());
  process.exitCode = verdicts.every(Boolean) ? 0 : 1;
} catch (error) {
  console.error(`${config} cannot be used: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}

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
    const profiles = z.array(z.enum(['development', 'production'])).parse(positionals);
    return { options: values, profiles: profiles.length > 0 ? profiles : ['development', 'production'] };
  } catch {
    console.error(
      'usage: npm run doctor -- [development | production] [--secrets-file FILE] [--config FILE] [--env NAME]',
    );
    return process.exit(2);
  }
}

/** Loaded when it is needed: it brings wrangler, which takes a second. */
function loadExaminers() {
  return import('./examine.ts');
}

async function reportDevelopment(): Promise<boolean> {
  if (Object.keys(development).length > 0) {
    const { examineDevelopment } = await loadExaminers();
    return report(`Development: ${config} and ${devVars}`, await examineDevelopment({ config, env }, development));
  }
  console.log(`Development: no ${devVars} yet; npm run dev writes it.\n`);
  return true;
}

async function reportProduction(): Promise<boolean> {
  const secrets = secretsFile === undefined ? undefined : readSecrets(secretsFile);
  const { examineProduction, REQUIRED_SECRETS } = await loadExaminers();
  const problems = await examineProduction({ config, env }, secrets, development);
  if (secretsFile !== undefined) return report(`Production: ${config} and ${secretsFile}`, problems);
  return report(`Production: ${config} and secrets that are not here`, problems, REQUIRED_SECRETS);
}

function readSecrets(file: string): Record<string, string> {
  try {
    const text = readFileSync(file, 'utf8');
    const secrets: unknown = text.trimStart().startsWith('{') ? JSON.parse(text) : parseEnv(text);
    return z.record(z.string(), z.string()).parse(secrets);
  } catch {
    console.error(`${file} cannot be read as JSON or as NAME=value lines.`);
    return process.exit(2);
  }
}

/** Prints a line for each field, and tells whether all are in order; `unseen` are those that cannot be looked at from here. */
function report(title: string, problems: ConfigProblem[], unseen: string[] = []): boolean {
  console.log(title);
  for (const field of new Set([...configNames, ...problems.map((problem) => problem.field)])) {
    const problem = problems.find((candidate) => candidate.field === field)?.problem;
    const otherwise = unseen.includes(field) ? 'not seen: give --secrets-file FILE' : 'ok';
    console.log(`  ${problem === undefined ? ' ' : '✗'} ${field.padEnd(28)} ${problem ?? otherwise}`);
  }
  console.log('');
  return problems.length === 0;
}
