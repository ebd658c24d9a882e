import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseEnv } from 'node:util';
import { newSecrets } from '../secrets/fresh.ts';

/**
 * Where the development profile is: beside the configuration file, and for the environment `env` perhaps in a file of its own.
 * `wrangler dev`, and nothing else, puts what it says in the place of the values of the configuration file.
 */
export function devVarsOf(config: string, env?: string): string {
  const file = join(dirname(config), '.dev.vars');
  return env !== undefined && existsSync(`${file}.${env}`) ? `${file}.${env}` : file;
}

/** In the profile this stands for the address that `npm run dev` listens on, whatever its port. */
export const ANY_ISSUER = 'http://localhost:8787';

/** In what development differs from production, beside its secrets. */
export const developmentVars: Readonly<Record<string, string>> = {
  ISSUER: ANY_ISSUER,
  PASSWORD_MIN_LENGTH: '6',
  PASSWORD_COMMON: 'allow',
  RATE_LIMITS: 'off',
  // Pages under development, at whatever port.
  CORS_ORIGINS: 'http://localhost:*,http://127.0.0.1:*,https://localhost:*',
};

/** The profile as it is on disk; empty when there is none. */
export function readDevVars(file: string): NodeJS.Dict<string> {
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
}

/** Writes the profile with fresh random secrets, for its owner's eyes only. `false`, and nothing written, when it exists. */
export async function writeDevVars(file: string): Promise<boolean> {
  if (existsSync(file)) return false;
  const lines = Object.entries({ ...developmentVars, ...(await newSecrets()) }).map(
    ([name, value]) => `${name}='${value}'`,
  );
  const text = [
    '# Read by wrangler dev only. The secrets are random and were made on this machine.',
    '# npm run dev puts the address that it listens on in the place of this ISSUER, but not of another one.',
    ...lines,
    '',
  ].join('\n');
  writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
  return true;
}
