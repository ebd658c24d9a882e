import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { command } from '../../../scripts/ops/doctor.ts';
import { findAllDevVars, findDevVars } from '../../../scripts/ops/profiles.ts';
import { newSecrets } from '../../../scripts/secrets/fresh.ts';
import { call } from '../call.ts';
import { writeProductionToml } from './production-toml.ts';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs `npm run doctor`. */
async function diagnose(...args: string[]) {
  const { status, stdout, stderr } = await call(command, ...args);
  return { status, output: stdout + stderr };
}

const writeToml = (change?: (toml: string) => string) => writeProductionToml(folder, change);

const file = join(folder, 'test.secrets.json');
const secrets: Record<string, string> = await newSecrets();
writeFileSync(file, JSON.stringify(secrets));

describe('npm run doctor', () => {
  it('lists every field and what is wrong with it, and shows no value', async () => {
    const weak = join(folder, 'weak.secrets.json');
    writeFileSync(weak, JSON.stringify({ ...secrets, SECRET_KEY: 'hunter2' }));
    const { status, output } = await diagnose('production', '--secrets-file', weak);
    expect(status).toBe(1);
    expect(output).toMatch(/✗ ISSUER +must be the https URL/);
    expect(output).toMatch(/✗ SECRET_KEY +must be at least 32 random bytes/);
    expect(output).toMatch(/ {2}SIGNING_KEYS +ok/);
    expect(output).not.toContain('hunter2');
  });

  it('says which secrets it did not check, and does not call them wrong', async () => {
    const { status, output } = await diagnose('production', '--config', writeToml());
    expect(output).toMatch(/ {4}SECRET_KEY +not checked/);
    expect(output).toMatch(/ {4}PASSWORD_PEPPER +not checked/);
    expect(status).toBe(0);
  });

  it('remarks that a deployment sends no mail, and does not call it wrong', async () => {
    const { status, output } = await diagnose('production', '--config', writeToml(), '--secrets-file', file);
    expect(output).toMatch(/ {4}MAIL_TRANSPORT +ok, but without mail nobody can reset a password/);
    expect(status).toBe(0);
    const withMail = writeToml((toml) =>
      toml
        .replace('MAIL_TRANSPORT = "none"', 'MAIL_TRANSPORT = "cloudflare"')
        .replace('MAIL_FROM = ""', 'MAIL_FROM = "a@example.org"'),
    );
    const { output: silent } = await diagnose('production', '--config', withMail, '--secrets-file', file);
    expect(silent).toMatch(/ {4}MAIL_TRANSPORT +ok\n/);
  });

  it('says in a sentence which file it cannot read', async () => {
    expect(await diagnose('production', '--secrets-file', join(folder, 'nowhere.json'))).toEqual({
      status: 2,
      output: 'The file of secrets cannot be read (ENOENT).\n',
    });
    const broken = writeToml(() => 'vars = [');
    expect(await diagnose('--config', broken)).toEqual({
      status: 2,
      output: expect.stringMatching(/^The configuration cannot be read.*\n$/),
    });
    expect(await diagnose('staging')).toMatchObject({ status: 2 });
  });
});

describe('the development profile', () => {
  it('is that of the environment if there is one, and otherwise the common one', () => {
    const config = join(mkdtempSync(join(folder, 'profile-')), 'wrangler.toml');
    expect(findDevVars({ config })).toBeUndefined();
    const common = join(dirname(config), '.dev.vars');
    writeFileSync(common, 'A=common');
    writeFileSync(`${common}.staging`, 'A=staging');
    expect(findDevVars({ config })).toEqual({ file: common, values: { A: 'common' } });
    expect(findDevVars({ config, env: 'staging' })).toEqual({ file: `${common}.staging`, values: { A: 'staging' } });
    expect(findDevVars({ config, env: 'other' })?.file).toBe(common);
  });

  it('of every environment is compared with production, whatever environment is named', async () => {
    const home = mkdtempSync(join(folder, 'profiles-'));
    const config = join(home, 'wrangler.toml');
    expect(findAllDevVars({ config: join(home, 'nowhere/wrangler.toml') })).toEqual({ readable: [], unreadable: [] });
    writeFileSync(config, `${readFileSync(writeToml(), 'utf8')}\n[env.staging]\n`);
    const common = join(home, '.dev.vars');
    writeFileSync(common, `SECRET_KEY='${secrets['SECRET_KEY']}'`);
    writeFileSync(`${common}.staging`, 'A=staging');
    writeFileSync(`${common}.broken`, 'hunter2');
    mkdirSync(`${common}.d`);
    const { readable, unreadable } = findAllDevVars({ config });
    expect(readable.map((profile) => profile.file)).toEqual([common, `${common}.staging`]);
    expect(unreadable).toEqual([`${common}.broken`, `${common}.d`]);
    const flags = ['--config', config, '--env', 'staging', '--secrets-file', file];
    const { status, output } = await diagnose('production', ...flags);
    expect(status).toBe(1);
    expect(output).toContain(`Production, [env.staging]: ${config} and ${file}\n`);
    expect(output).toMatch(/✗ routes +must be written under \[env\.staging\] and differ from the top level/);
    expect(output).toContain(`${common}.broken cannot be read`);
    expect(output).toMatch(/✗ SECRET_KEY +must not be or contain a secret of a development profile/);
    expect(output).not.toMatch(/SIGNING_KEYS +must not be/);
    expect(output).not.toContain('hunter2');
  });
});
