// npm run keys: makes the keys that sign access tokens, and replaces them without a token being refused in between.
import { existsSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { isatty } from 'node:tty';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { parseConfig } from '../../src/config/config.ts';
import {
  afterGenerate,
  afterReplace,
  afterRetire,
  afterRotate,
  type Calls,
  describeKeys,
  formatHolder,
  generate,
  type Holder,
  type KeySet,
  KeySetRefusal,
  parseHolder,
  replace,
  retire,
  rotate,
} from './key-set.ts';
import { SIGNING_ALGS } from '../../src/crypto/bounds.ts';
import { newSecrets, newSigningKey } from '../secrets/fresh.ts';
import { readReplaceable, replaceFile } from '../secrets/file.ts';
import { Unreadable, wordsOf } from '../secrets/unreadable.ts';

const USAGE = `usage: npm run keys -- generate|rotate|retire|replace [FILE] [--alg ${SIGNING_ALGS.join('|')}] [--config FILE] [--env NAME]
       A new FILE ends in .secrets.json, which git ignores. Without FILE: npm run --silent keys -- COMMAND < OLD > NEW`;

const commands = z.enum(['generate', 'rotate', 'retire', 'replace']);

const { command, file, alg, toml, flags } = readArguments();
try {
  if (toml.env !== undefined) await checkEnvironment();
  const bytes = file === undefined ? await readStdin() : readFile(file);
  const holder = bytes === undefined ? undefined : await parseHolder(bytes);
  const { set, next } = await change(holder);
  if (file === undefined) await pipeline([formatHolder({ set })], process.stdout, { end: false });
  else replaceFile(file, formatHolder({ ...holder, set }));
  console.error([...describeKeys(command, set), '', ...next].join('\n'));
} catch (error) {
  const isState = error instanceof KeySetRefusal;
  console.error(`${nameOfInput()}${isState ? `: ${error.message}` : ` ${wordsOf(error)}`}. Nothing was changed.`);
  process.exitCode = isState ? 1 : 2;
}

/** What is no file may be a secret that was meant to be in one. */
function nameOfInput(): string {
  if (file === undefined) return 'Standard input';
  return existsSync(file) ? file : 'The file';
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        alg: { type: 'string' },
        config: { type: 'string', short: 'c', default: 'wrangler.toml' },
        env: { type: 'string', short: 'e' },
      },
    });
    const [command, name] = z.tuple([commands, z.string().min(1).optional()]).parse(positionals);
    const alg = z.enum(SIGNING_ALGS).optional().parse(values.alg);
    if (alg !== undefined && command !== 'generate' && command !== 'replace') return exitWithUsage();
    const { config, env } = values;
    const flags = [config === 'wrangler.toml' ? '' : ` --config ${config}`, env === undefined ? '' : ` --env ${env}`];
    return { command, file: name === '-' ? undefined : name, alg, toml: { config, env }, flags: flags.join('') };
  } catch {
    return exitWithUsage();
  }
}

function exitWithUsage(): never {
  console.error(USAGE);
  return process.exit(2);
}

async function readStdin(): Promise<Buffer | undefined> {
  if (isatty(0)) return undefined;
  const bytes = await buffer(process.stdin);
  return bytes.toString().trim() === '' ? undefined : bytes;
}

/** What `file` holds; `undefined` when there is none, and `file` may be made. */
function readFile(file: string): Buffer | undefined {
  const bytes = readReplaceable(file);
  if (bytes === undefined && command === 'generate' && !file.endsWith('.secrets.json')) return exitWithUsage();
  return bytes;
}

/** The commands that are printed name the environment, and wrangler may take another one when there is none of that name. */
async function checkEnvironment(): Promise<void> {
  const { readToml } = await import('../wrangler/toml.ts');
  try {
    readToml(toml);
  } catch (error) {
    console.error(`The configuration ${wordsOf(error)}.`);
    process.exit(2);
  }
}

async function change(holder: Holder | undefined): Promise<{ set: KeySet; next: string[] }> {
  const calls = callsFor(holder);
  if (command === 'rotate') {
    return { set: rotate(holder?.set), next: afterRotate(calls, await readAccessTokenTtl()) };
  }
  if (command === 'retire') return { set: retire(holder?.set), next: afterRetire(calls) };
  if (command === 'replace') {
    const fresh = await newSigningKey(alg ?? algOfSigner(holder?.set));
    return { set: replace(holder?.set, fresh), next: afterReplace(calls) };
  }
  const set = generate(holder?.set, await newSigningKey(alg ?? 'ES256'));
  return { set, next: afterGenerate(set, calls) };
}

/** Others may verify by the algorithm of the key that signs, and no other. */
function algOfSigner(set: KeySet | undefined) {
  return z.enum(SIGNING_ALGS).catch('ES256').parse(set?.keys[0]?.['alg']);
}

function callsFor(holder: Holder | undefined): Calls {
  if (file === undefined) {
    return {
      deploy: `npx wrangler secret put SIGNING_KEYS${flags} < NEW`,
      again: (command) => `npm run --silent keys -- ${command}${flags} < NEW`,
    };
  }
  const deploy =
    holder?.secrets === undefined
      ? `npx wrangler secret put SIGNING_KEYS${flags} < ${file}`
      : `npx wrangler deploy${flags} --secrets-file ${file}`;
  return { deploy, again: (command) => `npm run keys -- ${command} ${file}${flags}` };
}

async function readAccessTokenTtl() {
  const name = 'ACCESS_TOKEN_TTL_SECONDS';
  const others = { ...(await newSecrets()), ISSUER: 'https://localhost', DB: {}, DENYLIST: {}, RATE_LIMITS: 'off' };
  try {
    // Loaded here because it brings wrangler, which takes a second.
    const { readToml } = await import('../wrangler/toml.ts');
    const { vars } = readToml(toml);
    if (!(name in vars)) throw new Unreadable(`has no ${name}`);
    const { accessTokenTtlSeconds } = parseConfig({ ...vars, ...others });
    return { seconds: accessTokenTtlSeconds, source: `${name} in ${toml.config}` };
  } catch {
    const seconds = parseConfig(others).accessTokenTtlSeconds;
    return { seconds, source: `the service's default: no ${name} was found in ${toml.config}` };
  }
}
