import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseEnv } from 'node:util';
import { newSecrets } from './new-secrets.ts';

/**
 * Where the development profile is: beside the configuration file. `wrangler dev`, and nothing else, puts what it says in
 * the place of that file's values.
 */
export const devVarsOf = (config: string): string => join(dirname(config), '.dev.vars');

const profile = {
  ISSUER: 'http://localhost:8787',
  PASSWORD_MIN_LENGTH: '6',
  PASSWORD_COMMON: 'allow',
  RATE_LIMITS: 'off',
};

/** The profile as it is on disk; empty when there is none. */
export function readDevVars(file: string): NodeJS.Dict<string> {
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
}

/** Writes the profile with fresh random secrets, for its owner's eyes only. `false`, and nothing written, when it exists. */
export async function writeDevVars(file: string): Promise<boolean> {
  if (existsSync(file)) return false;
  const lines = Object.entries({ ...profile, ...(await newSecrets()) }).map(([name, value]) => `${name}='${value}'`);
  const text = [
    '# Read by wrangler dev only. The secrets are random and were made on this machine.',
    ...lines,
    '',
  ].join('\n');
  writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
  return true;
}
