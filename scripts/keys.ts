// npm run keys: makes the keys that sign access tokens, and replaces them without a token being refused in between.
import { randomUUID } from 'node:crypto';
import { lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { isatty } from 'node:tty';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { parseConfig } from '../src/config.ts';
import {
  afterGenerate,
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
  retire,
  rotate,
} from './key-set.ts';
import { newSecrets, newSigningKey, SIGNING_ALGS } from './new-secrets.ts';

const USAGE = `usage: npm run keys -- generate|rotate|retire [FILE] [--alg ${SIGNING_ALGS.join('|')}] [--config FILE] [--env NAME]
       A new FILE ends in .secrets.json, which git ignores. Without FILE: npm run --silent keys -- COMMAND < OLD > NEW`;

const commands = z.enum(['generate', 'rotate', 'retire']);
const wranglerToml = z.object({ vars: z.object({ ACCESS_TOKEN_TTL_SECONDS: z.union([z.string(), z.number()]) }) });

const { command, file, alg, toml, flags } = readArguments();
try {
  const bytes = file === undefined ? await readStdin() : readRegularFile(file);
  const holder = bytes === undefined ? undefined : await parseHolder(bytes);
  const { set, next } = await change(holder);
  if (file === undefined) await pipeline([formatHolder({ set })], process.stdout, { end: false });
  else replaceFile(file, formatHolder({ ...holder, set }));
  console.error([...describeKeys(command, set), '', ...next].join('\n'));
} catch (error) {
  console.error(`${file ?? 'standard input'}: ${reasonOf(error)}. Nothing was changed.`);
  process.exitCode = 1;
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
    if (alg !== undefined && command !== 'generate') return exitWithUsage();
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
function readRegularFile(file: string): Buffer | undefined {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found === undefined && command === 'generate' && !file.endsWith('.secrets.json')) return exitWithUsage();
  if (found === undefined) return undefined;
  // A link would be replaced, and what it leads to left as it is.
  if (!found.isFile()) throw new KeySetRefusal('this is not a regular file');
  return readFileSync(file);
}

async function change(holder: Holder | undefined): Promise<{ set: KeySet; next: string[] }> {
  const calls = callsFor(holder);
  if (command === 'rotate') {
    return { set: rotate(holder?.set), next: afterRotate(calls, await readAccessTokenTtl()) };
  }
  if (command === 'retire') return { set: retire(holder?.set), next: afterRetire(calls) };
  const set = generate(holder?.set, await newSigningKey(alg ?? 'ES256'));
  return { set, next: afterGenerate(set, calls) };
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
    // Loaded here because it takes wrangler a second.
    const { unstable_readConfig } = await import('wrangler');
    const { vars } = wranglerToml.parse(unstable_readConfig(toml));
    const { accessTokenTtlSeconds } = parseConfig({ ...vars, ...others });
    return { seconds: accessTokenTtlSeconds, source: `${name} in ${toml.config}` };
  } catch {
    const seconds = parseConfig(others).accessTokenTtlSeconds;
    return { seconds, source: `the service's default: no ${name} was found in ${toml.config}` };
  }
}

/** Puts a new file in the place of `file`, so that there is the old one or the new one and never a part of one. */
function replaceFile(file: string, text: string): void {
  // git ignores this ending, too.
  const temporary = join(dirname(file), `.${randomUUID()}.secrets.json`);
  try {
    writeFileSync(temporary, text, { mode: 0o600, flag: 'wx', flush: true });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Only codes of what is unforeseen: its message might quote a key. */
function reasonOf(error: unknown): string {
  if (error instanceof KeySetRefusal) return error.message;
  return `this cannot be read or written (${error instanceof Error && 'code' in error ? String(error.code) : 'a bug'})`;
}
