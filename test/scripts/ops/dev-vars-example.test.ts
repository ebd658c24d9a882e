import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { cloudflare } from '../../../package.json';
import { configNames } from '../../../src/config/config.ts';
import { findDevValues } from '../../../scripts/dev/values.ts';
import { developmentVars } from '../../../scripts/dev/vars.ts';
import { examineProduction, REQUIRED_SECRETS } from '../../../scripts/ops/examine.ts';
import { findAllDevVars } from '../../../scripts/ops/profiles.ts';
import { newSecrets } from '../../../scripts/secrets/fresh.ts';
import { writeProductionToml } from './production-toml.ts';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-example-'));
afterAll(() => rmSync(folder, { recursive: true }));

const text = readFileSync('.dev.vars.example', 'utf8');
const lines = parseEnv(text);
const commented = parseEnv(text.replaceAll(/^# (?=[A-Z_]+=)/gm, ''));

it('asks the deploy button for the required secrets only, and holds none', () => {
  expect(lines).toEqual(Object.fromEntries(REQUIRED_SECRETS.map((name) => [name, ''])));
});

it('names what npm run dev writes, with the same values, and nothing unknown', () => {
  expect(commented).toMatchObject(developmentVars);
  expect(Object.keys(commented).filter((name) => !configNames.includes(name))).toEqual([]);
  for (const secret of ['PASSWORD_PEPPER', 'OAUTH_CLIENTS', 'TURSO_AUTH_TOKEN'])
    expect(commented).toHaveProperty(secret);
});

it('works as .dev.vars: npm run dev makes the secrets that are empty in it', async () => {
  const { values } = await findDevValues({ profile: lines, given: {}, url: 'http://localhost:8787' });
  for (const name of REQUIRED_SECRETS) expect(values[name]?.length).toBeGreaterThan(40);
});

it('is public, so the doctor refuses a secret of production that somebody wrote into it', async () => {
  const config = writeProductionToml(folder);
  const secrets: Record<string, string> = await newSecrets();
  const examine = async (example: string) => {
    writeFileSync(join(folder, '.dev.vars.example'), example);
    const profiles = findAllDevVars({ config }).readable.map(({ values }) => values);
    return (await examineProduction({ config }, secrets, profiles)).map(({ field }) => field);
  };
  expect(await examine(text)).toEqual([]);
  expect(await examine(`SECRET_KEY='${secrets['SECRET_KEY']}'`)).toEqual(['SECRET_KEY']);
});

it('goes with descriptions that the deploy button shows, of names that exist', () => {
  const described = Object.keys(cloudflare.bindings);
  expect(described).toEqual(expect.arrayContaining(['ISSUER', ...REQUIRED_SECRETS, 'DB', 'DENYLIST']));
  expect(described.filter((name) => !configNames.includes(name))).toEqual([]);
});
