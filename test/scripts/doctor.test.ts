import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { examineProduction } from '../../scripts/examine.ts';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(script: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`scripts/${script}.ts`, ...args], {
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

function writeToml(change: (toml: string) => string = (toml) => toml): string {
  const file = join(folder, `wrangler-${Math.random()}.toml`);
  const toml = readFileSync('wrangler.toml', 'utf8').replace('ISSUER = ""', 'ISSUER = "https://auth.example.org"');
  writeFileSync(file, change(toml));
  return file;
}

const file = join(folder, 'test.secrets.json');
const made = run('secrets', file);
const secrets: Record<string, string> = Object(JSON.parse(readFileSync(file, 'utf8')));
const pepper = `a:${randomBytes(32).toString('base64')}`;

describe('secrets', () => {
  it('are written for their owner alone', () => {
    expect(made.status).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('never replace others', () => {
    expect(run('secrets', file)).toMatchObject({ status: 1, output: expect.stringContaining('exists') });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(secrets);
  });

  it('are not written where git would see them', () => {
    expect(run('secrets', join(folder, 'secrets.json'))).toMatchObject({ status: 2 });
  });
});

describe('the doctor', () => {
  it('prints every field, what is wrong with it, and no value', () => {
    const weak = join(folder, 'weak.secrets.json');
    writeFileSync(weak, JSON.stringify({ ...secrets, SECRET_KEY: 'hunter2' }));
    const { status, output } = run('doctor', 'production', '--secrets-file', weak);
    expect(status).toBe(1);
    expect(output).toMatch(/✗ ISSUER +must be the https URL/);
    expect(output).toMatch(/✗ SECRET_KEY +must be at least 32 random bytes/);
    expect(output).toMatch(/ {2}SIGNING_KEYS +ok/);
    expect(output).not.toContain('hunter2');
  });

  it('says which secrets it has not seen, and does not call them wrong', () => {
    const { status, output } = run('doctor', 'production', '--config', writeToml());
    expect(output).toMatch(/ {4}SECRET_KEY +not seen/);
    expect(status).toBe(0);
  });

  it('says so when it cannot read what it is given', () => {
    expect(run('doctor', 'production', '--secrets-file', join(folder, 'nowhere.json'))).toMatchObject({ status: 2 });
    expect(run('doctor', 'staging')).toMatchObject({ status: 2 });
    const unknown = run('doctor', '--bogus');
    expect(unknown.status).toBe(2);
    expect(unknown.output).not.toContain('    at ');
    const broken = run(
      'doctor',
      '--config',
      writeToml(() => 'vars = ['),
    );
    expect(broken.status).toBe(2);
    expect(broken.output).not.toContain('    at ');
  });
});

describe('the examination of a deployment', () => {
  const fieldsOf = async (toml: string, values = secrets, development = {}) =>
    (await examineProduction({ config: toml }, values, development)).map(({ field }) => field);

  it('finds nothing wrong when all is in order', async () => {
    expect(await examineProduction({ config: writeToml() }, secrets, {})).toEqual([]);
  });

  it('wants an issuer in wrangler.toml as it comes, and nothing else', async () => {
    expect(await fieldsOf('wrangler.toml')).toEqual(['ISSUER']);
  });

  it.each([
    ['ISSUER', (toml: string) => toml.replace('https://auth.example.org', 'http://localhost')],
    ['PBKDF2_ITERATIONS', (toml: string) => toml.replace('"600000"', '"100000"')],
    ['ACCESS_TOKEN_TTL_SECONDS', (toml: string) => toml.replace('"900"', '"5"')],
    ['REFRESH_GRACE_SECONDS', (toml: string) => toml.replace('GRACE_SECONDS = "30"', 'GRACE_SECONDS = "15"')],
    ['REFRESH_GRACE_SECONDS', (toml: string) => toml.replace('GRACE_SECONDS = "30"', 'GRACE_SECONDS = "61"')],
    ['PASSWORD_MIN_LENGTH', (toml: string) => toml.replace('"8"', '"6"')],
    ['PASSWORD_COMMON', (toml: string) => toml.replace('"refuse"\n', '"allow"\n')],
    ['PASSWORD_BREACH_URL', (toml: string) => toml.replace(/"https:.*range\/"/, '"http://localhost:9000/"')],
    ['RATE_LIMITS', (toml: string) => toml.replace('RATE_LIMITS = "on"', 'RATE_LIMITS = "off"')],
    ['LIMIT_REFRESH', (toml: string) => toml.replace('name = "LIMIT_REFRESH"', 'name = "LIMIT"')],
    ['DB', (toml: string) => toml.replace('binding = "DB"', 'binding = "DATABASE"')],
    ['DENYLIST', (toml: string) => toml.replace('binding = "DENYLIST"', 'binding = "KV"')],
    ['SIGNING_KEYS', (toml: string) => toml.replace(', "SIGNING_KEYS"]', ']')],
    ['CORS_ORIGIN', (toml: string) => toml.replace('CORS_ORIGINS', 'CORS_ORIGIN')],
    ['OAUTH_CLIENTS', (toml: string) => toml.replace('[vars]', `[vars]\nOAUTH_CLIENTS = "a:${'h'.repeat(43)}"`)],
    ['PASSWORD_PEPPER', (toml: string) => toml.replace('[vars]', `[vars]\nPASSWORD_PEPPER = "${pepper}"`)],
  ])('names %s when that is what is wrong', async (field, change) => {
    expect(new Set(await fieldsOf(writeToml(change)))).toEqual(new Set([field]));
  });

  it('wants a token for a libSQL database, TLS on the way to it, and no D1 then', async () => {
    const onTurso = (url: string) => (toml: string) =>
      toml.replace('TURSO_DATABASE_URL = ""', `TURSO_DATABASE_URL = "${url}"`);
    const toml = writeToml((text) =>
      onTurso('libsql://a.turso.io')(text).replace(/\[\[d1_databases\]\]\nbinding = "DB"\nmigrations_dir = .*\n/, ''),
    );
    expect(readFileSync(toml, 'utf8')).not.toContain('d1_databases');
    const withToken = { ...secrets, TURSO_AUTH_TOKEN: 'a.b.c' };
    expect(await fieldsOf(toml, withToken)).toEqual([]);
    expect(await fieldsOf(toml)).toEqual(['TURSO_AUTH_TOKEN']);
    expect(await fieldsOf(writeToml(), withToken)).toEqual(['TURSO_AUTH_TOKEN']);
    expect(await fieldsOf(toml, withToken, withToken)).toContain('TURSO_AUTH_TOKEN');
    expect(await fieldsOf(writeToml(onTurso('http://localhost:8080')), withToken)).toEqual(['TURSO_DATABASE_URL']);
  });

  it('names a secret that is missing, weak, unusable, or that of development', async () => {
    const toml = writeToml();
    const { SECRET_KEY = '', SIGNING_KEYS = '' } = secrets;
    const unusable = SIGNING_KEYS.replace(/"x":".{9}/, '"x":"AAAAAAAAA');
    expect(await fieldsOf(toml, { SIGNING_KEYS })).toEqual(['SECRET_KEY']);
    expect(await fieldsOf(toml, { SIGNING_KEYS, SECRET_KEY: btoa('hunter2'.repeat(8)) })).toEqual(['SECRET_KEY']);
    expect(await fieldsOf(toml, { SIGNING_KEYS: unusable, SECRET_KEY })).toEqual(['SIGNING_KEYS']);
    expect(await fieldsOf(toml, secrets, { SIGNING_KEYS })).toEqual(['SIGNING_KEYS']);
    expect(await fieldsOf(toml, { ...secrets, PASSWORD_PEPPER: `a:${SECRET_KEY}` })).toEqual(['PASSWORD_PEPPER']);
    expect(await fieldsOf(toml, { ...secrets, PASSWORD_PEPER: pepper })).toEqual(['PASSWORD_PEPER']);
    const OAUTH_CLIENTS = `a:${'h'.repeat(43)}`;
    expect(await fieldsOf(toml, { ...secrets, OAUTH_CLIENTS })).toEqual([]);
    expect(await fieldsOf(toml, { ...secrets, OAUTH_CLIENTS }, { OAUTH_CLIENTS })).toEqual(['OAUTH_CLIENTS']);
    expect(await fieldsOf(toml, { ...secrets, OAUTH_CLIENTS: 'a:secret' })).toEqual(['OAUTH_CLIENTS']);
  });
});
