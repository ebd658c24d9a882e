import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { command } from '../../../scripts/ops/keys.ts';
import { newSecrets, newSigningKey } from '../../../scripts/secrets/fresh.ts';
import { call } from '../call.ts';
import { idsOf } from './ids-of.ts';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs `npm run keys` on a file. */
const keys = (...args: string[]) => call(command, ...args);

/** Runs it with standard input and output. */
function pipe(args: string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/run.js', 'ops/keys', ...args], {
    encoding: 'utf8',
    input,
  });
  return { status, stdout, stderr };
}

const read = (file: string) => readFileSync(file, 'utf8');

function expectNothingPrivate(printed: string, ...sources: string[]) {
  const members = sources.flatMap((source) => [...source.matchAll(/\\?"(?:d|p|q|dp|dq|qi)\\?":\s*\\?"([\w-]+)/g)]);
  expect(members.length).toBeGreaterThan(0);
  for (const [, member = ''] of members) expect(printed).not.toContain(member);
}

const [a, b] = await Promise.all([newSigningKey('ES256'), newSigningKey('EdDSA')]);

describe('npm run keys', () => {
  const file = join(folder, 'test.secrets.json');

  it('rotates the keys in a file, and says after each step what is next', async () => {
    const toml = join(folder, 'wrangler.toml');
    writeFileSync(toml, read('wrangler.toml').replace('"900"', '"1234"'));
    const texts: string[] = [];
    const change = async (...args: string[]) => {
      const { status, stdout, stderr } = await keys(...args);
      expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
      expect(statSync(file).mode & 0o777).toBe(0o600);
      texts.push(read(file));
      expectNothingPrivate(stderr, ...texts);
      return stderr;
    };

    expect(await change('generate', file, '--alg', 'EdDSA')).toContain('EdDSA  signs\n');
    const [old] = await idsOf(read(file));
    const generated = await change('generate', file);
    const [, fresh] = await idsOf(read(file));
    expect(generated).toContain(`${fresh}  ES256  standby`);
    expect(generated).toContain(`npx wrangler secret put SIGNING_KEYS < ${file}\n`);
    expect(generated).toContain('at least 600 s');
    expect(generated).toContain(`npm run keys -- rotate ${file}\n`);

    const before = read(file);
    const refused = await keys('generate', file);
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('Nothing was changed') });
    expect(read(file)).toBe(before);

    const rotated = await change('rotate', file, '--config', toml);
    expect(await idsOf(read(file))).toEqual([fresh, old]);
    expect(rotated).toContain('at least 1234 s');
    expect(rotated).toContain(`npm run keys -- retire ${file} --config ${toml}\n`);
    expect(rotated).toContain('swaps back');

    expect(await change('retire', file)).toContain('tokens of the removed key are refused');
    expect(await idsOf(read(file))).toEqual([fresh]);
    expect(readdirSync(folder).toSorted()).toEqual(['test.secrets.json', 'wrangler.toml']);
  });

  it('replaces all keys with one of the same algorithm, and says to deploy at once', async () => {
    const leaked = join(folder, 'leaked.secrets.json');
    const SIGNING_KEYS = JSON.stringify({ keys: [b, a] });
    const secrets = { ...(await newSecrets()), SIGNING_KEYS };
    writeFileSync(leaked, JSON.stringify(secrets));
    const { status, stdout, stderr } = await keys('replace', leaked);
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    const changed: Record<string, string> = Object(JSON.parse(read(leaked)));
    const ids = await idsOf(changed['SIGNING_KEYS'] ?? '');
    expect(ids).toHaveLength(1);
    expect([a.kid, b.kid]).not.toContain(ids[0]);
    expect(stderr).toContain(`${ids[0]}  EdDSA  signs\n`);
    expect(stderr).toContain(`1. Deploy now: npx wrangler deploy --secrets-file ${leaked}\n`);
    expect({ ...changed, SIGNING_KEYS }).toEqual(secrets);
    expect(statSync(leaked).mode & 0o777).toBe(0o600);
    expectNothingPrivate(stderr, read(leaked));
    expect((await keys('replace', leaked, '--alg', 'RS256')).stderr).toContain('RS256  signs\n');
    rmSync(leaked);
  });

  it('changes no other secret of a deployment', async () => {
    const deployment = join(folder, 'deployment.json');
    const secrets = { PASSWORD_PEPPER: 'a:b', ...(await newSecrets()), CORS_ORIGINS: '*' };
    writeFileSync(deployment, JSON.stringify(secrets), { mode: 0o644 });
    const toml = join(folder, 'environments.toml');
    writeFileSync(toml, `${read('wrangler.toml')}\n[env.staging]\n`);
    const flags = ['--config', toml, '--env'];
    const unknown = await keys('generate', deployment, ...flags, 'stagin');
    expect(unknown).toEqual({
      status: 2,
      stdout: '',
      stderr: 'The configuration does not define this environment: it defines only staging.\n',
    });
    expect(read(deployment)).toBe(JSON.stringify(secrets));
    const { status, stderr } = await keys('generate', deployment, ...flags, 'staging');
    expect(status).toBe(0);
    expect(stderr).toContain(`npx wrangler deploy --config ${toml} --env staging --secrets-file ${deployment}\n`);
    expectNothingPrivate(stderr, read(deployment));
    const changed: Record<string, string> = Object(JSON.parse(read(deployment)));
    expect(Object.entries({ ...changed, SIGNING_KEYS: secrets.SIGNING_KEYS })).toEqual(Object.entries(secrets));
    expect(await idsOf(changed['SIGNING_KEYS'] ?? '')).toEqual([
      ...(await idsOf(secrets.SIGNING_KEYS)),
      expect.any(String),
    ]);
    expect(statSync(deployment).mode & 0o777).toBe(0o600);
  });

  it('reads standard input and writes nothing but the new key set to standard output', async () => {
    const one = pipe(['generate']);
    const [first] = await idsOf(one.stdout);
    const two = pipe(['generate', '-', '--alg', 'EdDSA'], one.stdout);
    const [, second] = await idsOf(two.stdout);
    const rotated = pipe(['rotate', '-', '--config', join(folder, 'nowhere.toml')], two.stdout);
    expect(await idsOf(rotated.stdout)).toEqual([second, first]);
    expect(rotated.stderr).toContain("900 s: tokens of the old key stay valid for as long (the service's default");
    expectNothingPrivate(one.stderr + two.stderr + rotated.stderr, rotated.stdout);
  });

  it('leaves a file unchanged that it cannot read, and shows nothing of it', async () => {
    const broken = join(folder, 'broken.secrets.json');
    const text = `{"keys":[${JSON.stringify(a)}`;
    writeFileSync(broken, text);
    const { status, stdout, stderr } = await keys('generate', broken);
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: '',
      stderr: `${broken} is neither a JWKS nor a JSON object of strings with SIGNING_KEYS. Nothing was changed.\n`,
    });
    expect(read(broken)).toBe(text);
    expectNothingPrivate(pipe(['rotate'], `${JSON.stringify(a)}, ${text}`).stderr, text);
  });

  it('refuses a link', async () => {
    const link = join(folder, 'link.secrets.json');
    symlinkSync(join(folder, 'linked.json'), link);
    expect(await keys('generate', link)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('not a regular file'),
    });
    rmSync(link);
  });

  it.each(['rotate', 'retire', 'replace'])(
    'says that the file does not exist when asked to %s its keys',
    async (change) => {
      const { status, stdout, stderr } = await keys(change, join(folder, 'missing.secrets.json'));
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toBe('The file does not exist. Nothing was changed.\n');
      expect(readdirSync(folder)).not.toContain('missing.secrets.json');
    },
  );

  it.each([
    ['an unknown command', ['renew', file]],
    ['an unknown algorithm', ['generate', file, '--alg', 'HS256']],
    ['an algorithm for no new key', ['rotate', file, '--alg', 'ES256']],
    ['too many arguments', ['rotate', file, file]],
    ['a new file that git would see', ['generate', join(folder, 'keys.json')]],
  ])('prints its usage when given %s', async (_, args) => {
    const { status, stdout, stderr } = await keys(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^[^\n]+\.\nusage: npm run keys -- generate\|rotate\|retire\|replace/);
  });
});
