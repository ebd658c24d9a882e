import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseEnv } from 'node:util';
import { newSecrets } from '../secrets/fresh.ts';

/**
 * The file with the development profile: `.dev.vars` beside the configuration file, or `.dev.vars.NAME` for the
 * environment NAME when that exists. Its values replace those of the configuration file, in `wrangler dev` only.
 */
export function devVarsOf(config: string, env?: string): string {
  const file = join(dirname(config), '.dev.vars');
  return env !== undefined && existsSync(`${file}.${env}`) ? `${file}.${env}` : file;
}

/** In .dev.vars this issuer means the address that `npm run dev` listens on, whatever its port. */
export const ANY_ISSUER = 'http://localhost:8787';

/** The host names of this machine. */
export const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** The variables of development that differ from production. */
export const developmentVars: Readonly<Record<string, string>> = {
  ISSUER: ANY_ISSUER,
  PASSWORD_MIN_LENGTH: '6',
  PASSWORD_COMMON: 'allow',
  RATE_LIMITS: 'off',
  // Pages under development, on any port.
  CORS_ORIGINS: ['http', 'https'].flatMap((scheme) => LOOPBACK.map((host) => `${scheme}://${host}:*`)).join(','),
  PLAYGROUND: 'on',
  // Mails show on the console.
  MAIL_TRANSPORT: 'log',
};

/** Values that older versions wrote into .dev.vars. They mean the values of today. */
export const formerVars: Readonly<NodeJS.Dict<string>> = {
  CORS_ORIGINS: 'http://localhost:*,http://127.0.0.1:*,https://localhost:*',
};

/** The values in `file`; empty when it does not exist. */
export function readDevVars(file: string): NodeJS.Dict<string> {
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
}

/**
 * Writes .dev.vars with fresh secrets, readable by its owner only. Returns `false` and writes nothing when it exists.
 */
export async function writeDevVars(file: string): Promise<boolean> {
  if (existsSync(file)) return false;
  const lines = Object.entries({ ...developmentVars, ...(await newSecrets()) }).map(
    ([name, value]) => `${name}='${value}'`,
  );
  const text = [
    '# Only wrangler dev reads this file. The secrets are random, and were made on this machine.',
    '# npm run dev replaces this ISSUER by the address that it listens on. It keeps any other one.',
    ...lines,
    '',
  ].join('\n');
  writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
  return true;
}
