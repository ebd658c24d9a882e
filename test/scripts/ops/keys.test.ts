import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { base64url, calculateJwkThumbprint } from 'jose';
import { afterAll, describe, expect, it } from 'vitest';
import {
  afterGenerate,
  describeKeys,
  formatHolder,
  generate,
  parseHolder,
  replace,
  retire,
  rotate,
} from '../../../scripts/ops/key-set.ts';
import { command } from '../../../scripts/ops/keys.ts';
import { newSecrets, newSigningKey } from '../../../scripts/secrets/fresh.ts';
import { findConfigProblems } from '../../../src/config/config.ts';
import { SIGNING_ALGS } from '../../../src/crypto/bounds.ts';
import { importSigningKeys, JWKS_MAX_AGE_SECONDS } from '../../../src/crypto/signing-keys.ts';
import { call } from '../call.ts';

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
const bytesOf = (text: string) => new TextEncoder().encode(text);

/** The ids of the keys in `jwks`, which the service must accept. */
async function idsOf(jwks: string): Promise<string[]> {
  expect(findConfigProblems({ SIGNING_KEYS: jwks }).map(({ field }) => field)).not.toContain('SIGNING_KEYS');
  return (await importSigningKeys(jwks)).verifiers.map(({ kid }) => kid);
}

function expectNothingPrivate(printed: string, ...sources: string[]) {
  const members = sources.flatMap((source) => [...source.matchAll(/\\?"(?:d|p|q|dp|dq|qi)\\?":\s*\\?"([\w-]+)/g)]);
  expect(members.length).toBeGreaterThan(0);
  for (const [, member = ''] of members) expect(printed).not.toContain(member);
}

const [a, b, c] = await Promise.all([newSigningKey('ES256'), newSigningKey('EdDSA'), newSigningKey('ES256')]);

describe('a new signing key', () => {
  it.each(SIGNING_ALGS)('of %s is one that the service accepts, and its kid is its thumbprint', async (alg) => {
    const key = await newSigningKey(alg);
    expect(await idsOf(JSON.stringify({ keys: [key] }))).toEqual([await calculateJwkThumbprint(key)]);
    expect(key).toMatchObject({ alg, use: 'sig' });
    expect(key.crv).toBe({ ES256: 'P-256', EdDSA: 'Ed25519', RS256: undefined }[alg]);
  });

  it('of RS256 has 2048 bits', async () => {
    const { n = '' } = await newSigningKey('RS256');
    expect(base64url.decode(n)).toHaveLength(2048 / 8);
  });
});

describe('a key set', () => {
  it('starts with one key, gets a standby key, rotates to it, and retires the old key', () => {
    expect(generate(undefined, a)).toEqual({ keys: [a] });
    expect(generate({ keys: [a] }, b)).toEqual({ keys: [a, b] });
    expect(rotate({ keys: [a, b] })).toEqual({ keys: [b, a] });
    expect(retire({ keys: [b, a] })).toEqual({ keys: [b] });
  });

  it('rotates back when rotated again', () => {
    expect(rotate(rotate({ keys: [a, b] }))).toEqual({ keys: [a, b] });
    expect(rotate(rotate({ keys: [a, b, c] }))).toEqual({ keys: [a, b, c] });
  });

  it('is replaced as a whole after a leak', () => {
    expect(replace({ keys: [a, b] }, c)).toEqual({ keys: [c] });
    expect(() => replace(undefined, c)).toThrow('no key set yet');
  });

  it('of three keys rotates to the last one, and retires the one that signed before', () => {
    expect(rotate({ keys: [a, b, c] })).toEqual({ keys: [c, b, a] });
    expect(retire({ keys: [c, b, a] })).toEqual({ keys: [c, b] });
  });

  it('refuses a change that does not fit its state', () => {
    expect(() => generate({ keys: [a, b] }, c)).toThrow('finish it first');
    expect(() => generate({ keys: [a, b, c] }, a)).toThrow('finish it first');
    expect(() => rotate({ keys: [a] })).toThrow('generate one first');
    expect(() => retire({ keys: [a] })).toThrow('rotate first');
    expect(() => rotate(undefined)).toThrow('no key set yet');
    expect(() => retire(undefined)).toThrow('no key set yet');
  });

  it('names the state of each key', () => {
    expect(describeKeys('generate', { keys: [a] })).toEqual([`${a.kid}  ES256  signs`]);
    expect(describeKeys('generate', { keys: [a, b] })[1]).toBe(
      `${b.kid}  EdDSA  standby: published, does not sign yet`,
    );
    expect(describeKeys('rotate', { keys: [c, b, a] })).toEqual([
      `${c.kid}  ES256  signs`,
      `${b.kid}  EdDSA  verifies only`,
      `${a.kid}  ES256  verifies only: signed until now`,
    ]);
    expect(describeKeys('retire', { keys: [c, b] })[1]).toBe(`${b.kid}  EdDSA  verifies only`);
  });

  it('waits before a rotation for as long as other services may cache the published keys', () => {
    const next = afterGenerate({ keys: [a, b] }, { deploy: 'deploy', again: (command) => command });
    expect(next.join('\n')).toContain(`wait at least ${JWKS_MAX_AGE_SECONDS} s:`);
  });

  it('keeps everything else in its file', async () => {
    const jwks = JSON.stringify({ keys: [{ ...a, note: 'ours' }], note: 'theirs' });
    const secrets = { A: 'ä', ...(await newSecrets()), SIGNING_KEYS: jwks, Z: '1' };
    const text = `${JSON.stringify(secrets, null, 2)}\n`;
    expect(formatHolder(await parseHolder(bytesOf(text)))).toBe(text);
    expect(formatHolder(await parseHolder(bytesOf(`${jwks}\n`)))).toBe(`${jwks}\n`);
  });

  const broken = JSON.stringify({ keys: [a] });
  it.each([
    ['broken off', broken.slice(0, -2), 'neither a JWKS nor a JSON object of strings with SIGNING_KEYS'],
    ['NAME=value lines', `SIGNING_KEYS='${broken}'`, 'neither a JWKS nor a JSON object of strings'],
    ['not in UTF-8', Uint8Array.of(0x22, 0xff, 0x22), 'is not in UTF-8'],
    [
      'in UTF-16',
      new Uint8Array(Uint16Array.from(`\ufeff${broken}`, (character) => character.charCodeAt(0)).buffer),
      'is in UTF-16',
    ],
    ['a key alone', JSON.stringify(a), 'must be a JWKS'],
    ['without keys', '{"keys":[]}', 'must be a JWKS'],
    ['without private halves', JSON.stringify({ keys: [{ ...a, d: undefined }] }), 'must be a JWKS'],
    ['of two keys with one id', JSON.stringify({ keys: [a, a] }), 'must be a JWKS'],
    ['of halves of two keys', JSON.stringify({ keys: [{ ...a, d: c.d }] }), 'unusable key'],
    ['not text among secrets', JSON.stringify({ SIGNING_KEYS: { keys: [a] } }), 'is not a JSON object of strings'],
    ['broken off among secrets', JSON.stringify({ SIGNING_KEYS: broken.slice(1) }), 'must be a JWKS'],
  ])('is refused when it is %s, with a message that shows nothing of it', async (_, text, reason) => {
    const refusal: unknown = await parseHolder(typeof text === 'string' ? bytesOf(text) : text).catch(
      (error: unknown) => error,
    );
    expect(String(refusal)).toContain(reason);
    expect(String(refusal)).not.toContain(a.d);
    expect(refusal).not.toHaveProperty('cause');
  });
});

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
    const two = pipe(['generate', '-', '--alg', 'RS256'], one.stdout);
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
