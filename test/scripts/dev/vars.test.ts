import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { devVarsOf, readDevVars, writeDevVars } from '../../../scripts/dev/vars.ts';
import { examineDevelopment } from '../../../scripts/ops/examine.ts';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
afterAll(() => rmSync(folder, { recursive: true }));

const inFolder = (name: string) => devVarsOf(join(folder, name, 'wrangler.toml'));
const write = async (file: string) => ({ isWritten: await writeDevVars(file), profile: readDevVars(file) });

it('writes .dev.vars beside the configuration file, with values that the service accepts, readable by its owner only', async () => {
  const file = inFolder('.');
  const { isWritten, profile } = await write(file);
  expect(isWritten).toBe(true);
  expect(file).toBe(join(folder, '.dev.vars'));
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(profile).toMatchObject({
    ISSUER: 'http://localhost:8787',
    PASSWORD_MIN_LENGTH: '6',
    PASSWORD_COMMON: 'allow',
    RATE_LIMITS: 'off',
    CORS_ORIGINS:
      'http://localhost:*,http://127.0.0.1:*,http://[::1]:*,https://localhost:*,https://127.0.0.1:*,https://[::1]:*',
    PLAYGROUND: 'on',
    MAIL_TRANSPORT: 'log',
  });
  expect(await examineDevelopment({ config: 'wrangler.toml' }, profile)).toEqual([]);
});

it('never changes an existing .dev.vars', async () => {
  const file = inFolder('.');
  const before = readFileSync(file, 'utf8');
  expect((await write(file)).isWritten).toBe(false);
  expect(readFileSync(file, 'utf8')).toBe(before);
});

it('writes fresh secrets every time', async () => {
  const file = inFolder('.');
  const { SECRET_KEY, SIGNING_KEYS } = readDevVars(file);
  rmSync(file);
  const { profile } = await write(file);
  expect(profile['SECRET_KEY']).not.toBe(SECRET_KEY);
  expect(profile['SIGNING_KEYS']).not.toBe(SIGNING_KEYS);
});
