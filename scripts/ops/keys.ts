// npm run keys: makes the keys that sign access tokens, and rotates them without refusing a valid token.
import { existsSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { isatty } from 'node:tty';
import { z } from 'zod';
import { parseConfig } from '../../src/config/config.ts';
import { SIGNING_ALGS } from '../../src/crypto/bounds.ts';
import { type Command, Failure, parseCommandLine, UsageError } from '../command.ts';
import { readReplaceable, replaceFile } from '../secrets/file.ts';
import { newSecrets, newSigningKey } from '../secrets/fresh.ts';
import { Unreadable, wordsOf } from '../secrets/unreadable.ts';
import type { Toml } from '../wrangler/toml.ts';
import {
  afterGenerate,
  afterReplace,
  afterRetire,
  afterRotate,
  type Calls,
  type Change,
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

const DEFAULT_TOML = 'wrangler.toml';

export const command: Command = {
  usage: `npm run keys -- generate|rotate|retire|replace [FILE] [--alg ${SIGNING_ALGS.join('|')}] [--config FILE] [--env NAME]
       npm run --silent keys -- COMMAND < OLD > NEW

Changes SIGNING_KEYS in FILE, a file of secrets or a bare JWKS, and says what to do next.
  generate  adds a standby key, or makes the first key
  rotate    lets the standby key sign
  retire    removes the old key: wait until its tokens have expired
  replace   replaces all keys at once, after a leak
The name of a new FILE must end in .secrets.json, which git ignores.`,

  run: async (args) => {
    const request = readRequest(args);
    if (request.toml.env !== undefined) await checkEnvironment(request.toml);
    try {
      await changeKeys(request);
    } catch (error) {
      if (error instanceof UsageError) throw error;
      const isState = error instanceof KeySetRefusal;
      const words = isState ? `: ${error.message}` : ` ${wordsOf(error)}`;
      throw new Failure(`${nameOfInput(request)}${words}. Nothing was changed.`, isState ? 1 : 2);
    }
  },
};

type Request = { change: Change; file: string | undefined; alg: (typeof SIGNING_ALGS)[number] | undefined; toml: Toml };

function readRequest(args: string[]): Request {
  const { values, positionals } = parseCommandLine(args, {
    alg: { type: 'string' },
    config: { type: 'string', short: 'c', default: DEFAULT_TOML },
    env: { type: 'string', short: 'e' },
  });
  const [name, file, ...others] = positionals;
  const { data: change } = z.enum(['generate', 'rotate', 'retire', 'replace']).safeParse(name);
  if (change === undefined || others.length > 0) throw new UsageError('Give one of the four commands, and one file.');
  const { config, env } = values;
  const { data: alg, success: isAlg } = z.enum(SIGNING_ALGS).optional().safeParse(values.alg);
  if (!isAlg) throw new UsageError('There is no such algorithm.');
  const makesKey = change === 'generate' || change === 'replace';
  if (alg !== undefined && !makesKey) throw new UsageError('--alg goes with generate and replace only.');
  return { change, file: file === '-' || file === '' ? undefined : file, alg, toml: { config, env } };
}

/** Changes the key set in the file of `request`, or from standard input to standard output. Says what to do next. */
async function changeKeys(request: Request): Promise<void> {
  const { change, file } = request;
  const bytes = file === undefined ? await readStdin() : readFile(file, change);
  const holder = bytes === undefined ? undefined : await parseHolder(bytes);
  const { set, next } = await applyChange(request, holder);
  if (file === undefined) await pipeline([formatHolder({ set })], process.stdout, { end: false });
  else replaceFile(file, formatHolder({ ...holder, set }));
  console.error([...describeKeys(change, set), '', ...next].join('\n'));
}

/** What does not exist as a file may be a secret, given by mistake. */
function nameOfInput({ file }: Request): string {
  if (file === undefined) return 'Standard input';
  return existsSync(file) ? file : 'The file';
}

async function readStdin(): Promise<Buffer | undefined> {
  if (isatty(0)) return undefined;
  const bytes = await buffer(process.stdin);
  return bytes.toString().trim() === '' ? undefined : bytes;
}

/** What `file` holds; `undefined` when it does not exist and `generate` may make it. */
function readFile(file: string, change: Change): Buffer | undefined {
  const bytes = readReplaceable(file);
  if (bytes !== undefined) return bytes;
  if (change !== 'generate') throw new Unreadable('does not exist');
  if (!file.endsWith('.secrets.json')) throw new UsageError('The name of a new file must end in .secrets.json.');
  return undefined;
}

/** The printed commands name the environment. If it did not exist, wrangler might use another one. */
async function checkEnvironment(toml: Toml): Promise<void> {
  const { readToml } = await import('../wrangler/toml.ts');
  try {
    readToml(toml);
  } catch (error) {
    throw new Failure(`The configuration ${wordsOf(error)}.`, 2);
  }
}

async function applyChange(request: Request, holder: Holder | undefined): Promise<{ set: KeySet; next: string[] }> {
  const { change, alg, toml } = request;
  const calls = callsFor(request, holder);
  if (change === 'rotate') {
    return { set: rotate(holder?.set), next: afterRotate(calls, await readAccessTokenTtl(toml)) };
  }
  if (change === 'retire') return { set: retire(holder?.set), next: afterRetire(calls) };
  if (change === 'replace') {
    const fresh = await newSigningKey(alg ?? algOfSigner(holder?.set));
    return { set: replace(holder?.set, fresh), next: afterReplace(calls) };
  }
  const set = generate(holder?.set, await newSigningKey(alg ?? 'ES256'));
  return { set, next: afterGenerate(set, calls) };
}

/** The new key keeps the algorithm, because other services may accept only that one. */
function algOfSigner(set: KeySet | undefined) {
  return z.enum(SIGNING_ALGS).catch('ES256').parse(set?.keys[0]?.['alg']);
}

function callsFor({ file, toml: { config, env } }: Request, holder: Holder | undefined): Calls {
  const flags = `${config === DEFAULT_TOML ? '' : ` --config ${config}`}${env === undefined ? '' : ` --env ${env}`}`;
  if (file === undefined) {
    return {
      deploy: `npx wrangler secret put SIGNING_KEYS${flags} < NEW`,
      again: (change) => `npm run --silent keys -- ${change}${flags} < NEW`,
    };
  }
  const deploy =
    holder?.secrets === undefined
      ? `npx wrangler secret put SIGNING_KEYS${flags} < ${file}`
      : `npx wrangler deploy${flags} --secrets-file ${file}`;
  return { deploy, again: (change) => `npm run keys -- ${change} ${file}${flags}` };
}

async function readAccessTokenTtl(toml: Toml) {
  const name = 'ACCESS_TOKEN_TTL_SECONDS';
  const others = { ...(await newSecrets()), ISSUER: 'https://localhost', DB: {}, DENYLIST: {}, RATE_LIMITS: 'off' };
  try {
    // Imported late, because it loads wrangler, which takes a second.
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
